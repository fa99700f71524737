/** How far something is. */

import { el } from '../elements.js';
import { percent } from '../format.js';

/** @param {number | null | undefined} share of the work that is done */
export function progressBar(share) {
    const text = percent(share ?? 0, 0);
    return el('span', { class: 'progress' },
        el('progress', { max: 1, 'aria-label': 'Progress', value: share ?? 0 }), ' ', text);
}

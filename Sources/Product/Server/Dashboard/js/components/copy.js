/** A text that is there to be copied. */

import { el } from '../elements.js';
import { icon } from './icon.js';
import { toast } from './toast.js';

/**
 * The text in a line with a button that copies it.
 * @param {string} text
 * @param {string} label what is copied, for the button's name
 * @param {string} [shown] where less is shown than is copied
 */
export function copyable(text, label, shown = text) {
    return el('span', { class: 'copyable' }, el('code', { title: text }, shown),
        el('button', { type: 'button', class: 'icon-button', 'aria-label': `Copy ${label}`,
            on: { click: () => copy(text) } },
            icon('copy')));
}

async function copy(text) {
    try {
        await navigator.clipboard.writeText(text);
        toast('Copied.', 'up');
    } catch {
        toast('The browser does not let this page copy. Select the text and copy it by hand.', 'warn');
    }
}

/** How much of something is used. */

import { el, setAttribute, setText } from '../elements.js';
import { percent } from '../format.js';

const WARN = 0.6;
const ALARM = 0.9;

/**
 * A bar from nothing to the limit; the words beside it say the same.
 * @param {string} label
 * @returns {{node: Node, update: (share: number | null, text: string) => void}}
 */
export function meter(label) {
    const bar = el('div', { class: 'meter-bar' });
    const text = el('span', { class: 'meter-text' });
    const track = el('div', { class: 'meter-track', role: 'meter', 'aria-label': label, 'aria-valuemin': '0',
        'aria-valuemax': '1' }, bar);
    const node = el('div', { class: 'meter' }, track, text);
    return {
        node,
        update(share, words) {
            const filled = Math.min(1, Math.max(0, share ?? 0));
            bar.style.setProperty('transform', `scaleX(${filled})`);
            setAttribute(bar, 'class', `meter-bar ${filled >= ALARM ? 'down' : filled >= WARN ? 'warn' : ''}`);
            setAttribute(track, 'aria-valuenow', filled.toFixed(4));
            setAttribute(track, 'aria-valuetext', `${percent(share, 0)} used. ${words}`);
            setText(text, words);
        },
    };
}

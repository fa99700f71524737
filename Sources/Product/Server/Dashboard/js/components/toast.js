/** Short messages that go away by themselves. */

import { el } from '../elements.js';

const SHOWN = 6000;
const MOST = 4;

/**
 * Says that something was done, or was not.
 * @param {import('../elements.js').Child} text
 * @param {'up'|'down'|'warn'|''} [tone]
 */
export function toast(text, tone = '') {
    const place = document.getElementById('toasts');
    const message = el('div', { class: `toast ${tone}` }, el('span', {}, text), el('button', {
        type: 'button', class: 'toast-close', 'aria-label': 'Close the message', on: { click: () => message.remove() },
    }, '×'));
    place.append(message);
    while (place.children.length > MOST) place.firstElementChild.remove();
    setTimeout(() => message.remove(), SHOWN);
}

/** @param {any} error Says why something was not done. */
export function toastError(error) {
    toast(`${error.title ?? 'Failed'}: ${error.message}`, 'down');
}

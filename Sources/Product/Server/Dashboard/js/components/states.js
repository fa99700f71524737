/** What stands where there is nothing to show: not yet, not at all, or not this time. */

import { el } from '../elements.js';
import { titled } from '../format.js';

/**
 * Grey lines of the height of what comes.
 * @param {number} lines
 */
export function skeleton(lines) {
    return el('div', { class: 'skeleton', 'aria-hidden': 'true' },
        Array.from({ length: lines }, () => el('div', { class: 'skeleton-line' })));
}

/**
 * Nothing is there, and what to do about it.
 * @param {string} text
 * @param {import('../elements.js').Child} [hint]
 */
export function emptyState(text, hint) {
    return el('div', { class: 'state' }, el('p', {}, text), hint && el('p', { class: 'quiet' }, hint));
}

/**
 * Something failed: what, its code and trace, and a way to try again.
 * @param {any} error
 * @param {() => void} [retry]
 */
export function errorState(error, retry) {
    if (error.code === 'unavailable') return emptyState(`${titled(error.message)}.`, retryButton(retry));
    return el('div', { class: 'state' }, inlineError(error), retryButton(retry));
}

function retryButton(retry) {
    return retry && el('button', { type: 'button', class: 'button', on: { click: retry } }, 'Try again');
}

/**
 * A failure in a line or two.
 * @param {any} error
 */
export function inlineError(error) {
    const isSaidBelow = error.errors?.some(({ message }) => error.message?.includes(message));
    const facts = [error.code && `code ${error.code}`, error.status > 0 && `status ${error.status}`,
        error.trace && `trace ${error.trace}`].filter(Boolean);
    return el('div', { class: 'problem', role: 'alert' },
        el('p', {}, el('strong', {}, error.title ?? 'Failed'), isSaidBelow ? '' : ` ${error.message}`),
        error.errors?.length > 0 && el('ul', {}, error.errors.map(({ field, message }) =>
            el('li', {}, field && el('code', {}, field), field && ' ', message))),
        facts.length > 0 && el('p', { class: 'quiet mono' }, facts.join(' · ')));
}

/** Nobody is signed in. */
export function signedOut() {
    return el('div', { class: 'state' }, el('h1', {}, 'Your session has ended'),
        el('p', {}, 'Type ', el('code', {}, 'bellwether login'), ' in the terminal and open the link that it prints.'));
}

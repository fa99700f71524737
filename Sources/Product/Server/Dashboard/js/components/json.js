/** Values as they are in the record. */

import { el } from '../elements.js';

const LONGEST = 20000;

/**
 * A value as indented JSON; a very long one is cut, and says so.
 * @param {unknown} value
 */
export function jsonBlock(value) {
    const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2) ?? '–';
    return el('pre', { class: 'json', tabindex: '0' }, text.length > LONGEST
        ? `${text.slice(0, LONGEST)}\n… ${text.length - LONGEST} characters more` : text);
}

/** Risk limits as people read and type them: shares in per cent, nothing for no limit. */

import { isKnown, money, number, percent, span, words } from '../format.js';

const UNITS = { share: '%', fraction: '%', money: 'USD', count: '', ratio: '', flag: '' };
const FACTORS = { share: 100, fraction: 100, percent: 1 };

/**
 * @typedef {{name: string, title?: string, value: number | string | boolean | null, unit: string, about: string,
 *     tightens?: 'lower' | 'higher' | null, editable?: boolean}} Limit
 */

/**
 * A value of a limit, with its unit.
 * @param {Limit} limit
 * @param {any} [value] another value than its own
 */
export function limitText(limit, value = limit.value) {
    if (limit.unit === 'flag' || typeof value === 'boolean') return value ? 'yes' : 'no';
    if (!isKnown(value)) return 'no limit';
    if (limit.unit === 'share' || limit.unit === 'fraction') return percent(value);
    if (limit.unit === 'money') return money(value);
    return limit.unit === 'seconds' ? span(value) : number(value, Number.isInteger(Number(value)) ? 0 : 2);
}

/**
 * What stands in the field of a limit.
 * @param {Limit} limit
 */
export function typedText({ value, unit }) {
    if (!isKnown(value)) return '';
    return String(Number((Number(value) * (FACTORS[unit] ?? 1)).toFixed(8)));
}

/**
 * What was typed as a value; an empty field is no limit.
 * @param {Limit} limit
 * @param {string} text
 */
export function typedValue({ unit }, text) {
    if (unit === 'flag') return text === 'yes';
    return text.trim() === '' ? null : Number((Number(text) / (FACTORS[unit] ?? 1)).toFixed(12));
}

/** @param {Limit} limit The unit beside its field. */
export function unitText({ unit }) {
    return UNITS[unit] ?? words(unit);
}

/**
 * Whether a new value allows more; null where only the server can tell.
 * @param {Limit} limit
 * @param {any} value
 */
export function loosens({ value: old, tightens, unit }, value) {
    if (unit === 'flag') return tightens ? (tightens === 'lower') === value : null;
    if (value === null) return true;
    if (old === null) return false;
    return tightens ? (tightens === 'lower' ? value > Number(old) : value < Number(old)) : null;
}

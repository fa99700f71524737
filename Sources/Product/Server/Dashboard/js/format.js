/** Numbers and times as text. Absent values are a dash; a minus is a real minus, so that columns align. */

import { preferences } from './preferences.js';

/** What stands for a value that is not known. */
export const ABSENT = '–';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAY_ALONE = /^\d{4}-\d\d-\d\d$/;
const formatters = new Map();

/** @typedef {number | string | null | undefined} Numeric */

/**
 * @param {Numeric} value
 * @param {number} [decimals]
 */
export function number(value, decimals = 0) {
    return isKnown(value) ? minus(formatter(decimals, decimals).format(Number(value))) : ABSENT;
}

/**
 * Money with cents, no unit.
 * @param {Numeric} value
 */
export function money(value) {
    return number(value, 2);
}

/**
 * Money without cents from ten thousand on.
 * @param {Numeric} value
 */
export function roundMoney(value) {
    return number(value, Math.abs(Number(value)) >= 10000 ? 0 : 2);
}

/**
 * A price: two decimals, more for small ones.
 * @param {Numeric} value
 */
export function price(value) {
    return number(value, Math.abs(Number(value)) < 1 ? 4 : 2);
}

/**
 * Units of an instrument: no more decimals than there are.
 * @param {Numeric} value
 */
export function quantity(value) {
    return isKnown(value) ? minus(formatter(0, 6).format(Number(value))) : ABSENT;
}

/**
 * A fraction in per cent.
 * @param {Numeric} share
 * @param {number} [decimals]
 */
export function percent(share, decimals = 2) {
    return isKnown(share) ? `${number(Number(share) * 100, decimals)} %` : ABSENT;
}

/**
 * A large count in few characters: 1.2 M.
 * @param {Numeric} value
 */
export function compact(value) {
    if (!isKnown(value)) return ABSENT;
    const size = Math.abs(Number(value));
    const [scale, unit] = size >= 1e9 ? [1e9, ' B'] : size >= 1e6 ? [1e6, ' M'] : size >= 1e4 ? [1e3, ' k'] : [1, ''];
    return number(Number(value) / scale, scale === 1 ? 0 : 1) + unit;
}

/**
 * Puts a plus before what is above zero; `text` is what `format` makes of it.
 * @param {Numeric} value
 * @param {(value: Numeric) => string} format
 */
export function signed(value, format) {
    const text = format(value);
    return isKnown(value) && Number(value) > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/**
 * A change with an arrow, so that colour is not needed to read it.
 * @param {Numeric} value
 * @param {(value: Numeric) => string} format
 */
export function arrowed(value, format) {
    if (!isKnown(value)) return ABSENT;
    const text = signed(value, format);
    if (!/[1-9]/.test(text)) return text;
    return `${Number(value) > 0 ? '▲' : '▼'} ${text}`;
}

/**
 * The class of a value's colour.
 * @param {Numeric} value
 * @returns {'up' | 'down' | ''}
 */
export function tone(value) {
    if (!isKnown(value) || Number(value) === 0) return '';
    return Number(value) > 0 ? 'up' : 'down';
}

/** @param {string | null | undefined} text A time; the clock part. */
export function time(text) {
    return stamp(text, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** @param {string | null | undefined} text A time; the date part. */
export function date(text) {
    if (DAY_ALONE.test(text ?? '')) return String(text);
    return stamp(text, { year: 'numeric', month: '2-digit', day: '2-digit' });
}

/** @param {string | null | undefined} text A time; day and clock, short: `07-29 16:00`. */
export function shortTime(text) {
    return text ? `${date(text).slice(5)} ${time(text).slice(0, 5)}` : ABSENT;
}

/** @param {string | null | undefined} text A time; date and clock. */
export function dateTime(text) {
    return text ? `${date(text)} ${time(text)}` : ABSENT;
}

/** The zone that times are shown in, in a word: `New York`, `UTC`. */
export function zoneName() {
    const zone = shownZone();
    return zone ? zone.split('/').at(-1).replaceAll('_', ' ') : 'local';
}

/**
 * How long ago, roughly.
 * @param {string | null | undefined} text
 * @param {number} [now]
 */
export function ago(text, now = Date.now()) {
    if (!text) return ABSENT;
    const past = now - Date.parse(text);
    return past < SECOND ? 'now' : `${span(past / SECOND)} ago`;
}

/**
 * A duration in seconds, in its two largest units.
 * @param {Numeric} seconds
 */
export function span(seconds) {
    if (!isKnown(seconds)) return ABSENT;
    const length = Math.abs(Number(seconds)) * SECOND;
    if (length < SECOND) return `${Math.round(length)} ms`;
    if (length < MINUTE) return `${number(length / SECOND, length < 10 * SECOND ? 1 : 0)} s`;
    if (length < HOUR) return pair(length, MINUTE, 'min', SECOND, 's');
    return length < DAY ? pair(length, HOUR, 'h', MINUTE, 'min') : pair(length, DAY, 'd', HOUR, 'h');
}

/** @param {Numeric} count */
export function bytes(count) {
    if (!isKnown(count)) return ABSENT;
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const place = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, Number(count))) / 3));
    return `${number(Number(count) / 1000 ** place, place > 1 ? 1 : 0)} ${units[place]}`;
}

/**
 * `one thing`, `two things`.
 * @param {number} count
 * @param {string} one
 * @param {string} [many]
 */
export function counted(count, one, many = `${one}s`) {
    return `${number(count)} ${count === 1 ? one : many}`;
}

/**
 * A machine's name in words: `reduce_only` becomes `reduce only`, and `positionShare` `position share`.
 * @param {string | null | undefined} name
 */
export function words(name) {
    return name ? String(name).replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase() : ABSENT;
}

/** @param {string} text With a large first letter. */
export function titled(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {string | null | undefined} hash The start of a hash, enough to compare by eye. */
export function shortHash(hash) {
    return hash ? `${hash.slice(0, 12)}…` : ABSENT;
}

/** @param {unknown} value Whether it can be shown as a number. */
export function isKnown(value) {
    return value !== null && value !== undefined && value !== '' && Number.isFinite(Number(value));
}

function formatter(least, most) {
    const key = `${least}/${most}`;
    if (!formatters.has(key)) {
        formatters.set(key, new Intl.NumberFormat('en-US',
            { minimumFractionDigits: least, maximumFractionDigits: most }));
    }
    return formatters.get(key);
}

function minus(text) {
    return text === '-0' || /^-0\.0+$/.test(text) ? text.slice(1) : text.replace('-', '−');
}

function stamp(text, parts) {
    const moment = text ? new Date(text) : null;
    if (!moment || Number.isNaN(moment.getTime())) return ABSENT;
    const zone = shownZone();
    const key = `${zone}${Object.keys(parts).join()}`;
    if (!formatters.has(key)) {
        formatters.set(key, new Intl.DateTimeFormat('sv-SE', { ...parts, timeZone: zone, hourCycle: 'h23' }));
    }
    return formatters.get(key).format(moment);
}

/** The market's zone, where it is known and wanted; undefined for the browser's own. */
function shownZone() {
    const { zone, marketZone } = preferences();
    return zone === 'local' ? undefined : (zone === 'market' && marketZone) || 'UTC';
}

function pair(length, large, largeName, small, smallName) {
    const whole = Math.floor(length / large);
    const rest = Math.floor((length % large) / small);
    return rest ? `${whole} ${largeName} ${rest} ${smallName}` : `${whole} ${largeName}`;
}

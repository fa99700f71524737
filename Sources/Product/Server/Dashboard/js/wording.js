/** What the server says, as people read it: names of runs, times and numbers in its texts, and reasons of any form. */

import { dateTime, number, percent, words } from './format.js';

/** How the pipeline names the run of a recommendation. */
const RECOMMENDED = /^recommendation-(\d{4}-\d\d-\d\dT[\d:.]+Z)$/;
const RECOMMENDATION = /\brecommendation-(\d{4}-\d\d-\d\dT[\d:.]+Z)/g;
/** Times, which the server writes in UTC. */
const MOMENT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*Z/g;
/** Numbers that are hard to read as they stand: with many digits, and no part of a name or of a date. */
const LONG_NUMBER = /(?<![\w.:#-])(\d{5,}(?:\.\d+)?|\d+\.\d{3,})(?![\w:-])/g;
const SHARE_LOST = /at most (0?\.\d+) of it/;

/**
 * A text of the server with names, times and numbers as they are elsewhere on the page.
 * @param {string} text
 */
export function readable(text) {
    return text.replace(RECOMMENDED, 'recommended $1').replace(RECOMMENDATION, 'the recommendation of $1')
        .replace(MOMENT, (moment) => dateTime(moment))
        .replace(SHARE_LOST, (_, share) => `at most ${percent(share, 1)} of it`)
        .replace(LONG_NUMBER, (digits) => number(digits, digits.includes('.') ? 2 : 0));
}

/**
 * A reason, which may be a text, a list of texts, or names and values.
 * @param {any} reason
 * @returns {string}
 */
export function reasonText(reason) {
    if (reason === null || reason === undefined) return '';
    if (Array.isArray(reason)) return reason.map(reasonText).join('; ');
    return typeof reason === 'object' ? reason.text ?? fieldsText(reason) : readable(String(reason));
}

/**
 * What the risk gate changed in an order: the rule, and why.
 * @param {string} text
 */
export function adjustmentText(text) {
    const [, rule, reason] = /^(\w+): (.*)$/s.exec(text) ?? [];
    return rule ? `${words(rule)}: ${readable(reason)}` : readable(text);
}

/** Names and values; what is empty says nothing. */
function fieldsText(fields) {
    return Object.entries(fields).filter(([, value]) => value !== null && value !== '' && value?.length !== 0)
        .map(([name, value]) => `${words(name)}: ${valueText(value)}`).join(' · ');
}

function valueText(value) {
    return typeof value === 'object' ? JSON.stringify(value) : readable(String(value));
}

/** What a step of the pipeline found about one instrument, in words: stations of a decision say this of themselves. */

import { el } from '../elements.js';
import { arrowed, counted, isKnown, number, percent, price, roundMoney, tone } from '../format.js';

/** By the step's name: what it concluded, from the record's body. */
const CONCLUSIONS = {
    sentiment_analysis: ({ readings: [found] = [] }) => (found
        ? `${counted(found.headlines ?? 0, 'headline')}, ${scoreText(found.score)}` : 'No news of it.'),
    technical_analysis: ({ readings: [found] = [] }) => found && `${found.action}, ${scoreText(found.score)}`,
    pattern_recognition: ({ readings: [found] = [] }) => found
        && (found.sightings?.length ? counted(found.sightings.length, 'pattern') : 'No pattern.'),
    risk_assessment: ({ readings: [found] = [] }) => found
        && `Risk ${number(found.score, 2)} of 1, volatility ${percent(found.volatility, 1)} a year`,
    signal_generation: ({ decisions: [found] = [] }) => found?.signal && signalText(found.signal),
    portfolio_optimization: ({ weights: [found] = [] }) => found
        && `From ${percent(found.current, 1)} of equity to ${percent(found.target, 1)}`,
    execution_planning: ({ trades: [found] = [], skipped: [left] = [] }) => (found
        ? `${found.intent?.side ?? 'trade'} ${number(found.quantity)} at about ${price(found.price)}, `
            + `worth ${roundMoney(found.value)}, cost ${roundMoney(found.expectedCost)}`
        : left && `Nothing to trade: ${left.reason ?? left.text ?? 'skipped'}`),
};

/**
 * What a station's step concluded; null where nothing better is known than its summary.
 * @param {any} item a station
 * @returns {string | null}
 */
export function conclusion({ station, body }) {
    return (body && typeof body === 'object' && CONCLUSIONS[station]?.(body)) || null;
}

/**
 * What speaks for and against it, the weightiest first; null where the step lists nothing.
 * @param {any} item a station
 */
export function findings({ station, body }) {
    // More risk is no good news, so its scores have no colours.
    const isRisk = station === 'risk_assessment';
    const [found] = body?.readings ?? body?.decisions ?? [];
    const lists = [found?.observations, found?.parts, found?.sightings, found?.signal?.reasons];
    const items = lists.find(Array.isArray) ?? [];
    const said = items.filter(({ text }) => text).toSorted((one, other) => weight(other) - weight(one));
    return said.length > 0 ? el('ul', { class: 'findings' }, said.map(({ text, score }) => el('li', {},
        el('span', { class: `num ${isRisk ? '' : tone(score)}` }, isRisk ? number(score, 2) : scoreOf(score)),
        el('span', {}, text)))) : null;
}

function weight({ score = 0, weight: share = 1 }) {
    return Math.abs(score * share);
}

function scoreOf(score) {
    return isKnown(score) ? arrowed(score, (value) => number(value, 2)) : '';
}

function scoreText(score) {
    return `score ${scoreOf(score)}`;
}

function signalText({ action, confidence, target, stop }) {
    const ends = isKnown(target) ? `, target ${price(target)}, stop ${price(stop)}` : '';
    return `${action}, confidence ${percent(confidence, 0)}${ends}`;
}

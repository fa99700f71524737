/** The figures of a backtest or of the desk, beside their targets. */

import { el } from '../elements.js';
import { isKnown, money, number, percent, signed, span, titled, words } from '../format.js';
import { stateBadge } from './badge.js';
import { figure } from './panel.js';
import { emptyState } from './states.js';
import { DataTable } from './table.js';

const SHARES = /return|drawdown|rate|share|accuracy|volatility|exposure/;
const MONEY = /fees|slippage|cash|equity|profit$|turnover|cost|commission/;
const COUNTS = /trades|bars|days|count|orders/;
const MAIN = ['total_return', 'annual_return', 'sharpe', 'max_drawdown', 'win_rate', 'trades'];

/**
 * The most important figures, large.
 * @param {Record<string, any> | null} figures
 */
export function mainFigures(figures) {
    const known = MAIN.filter((name) => isKnown(valueIn(figures, name)));
    return known.length > 0 && el('div', { class: 'figures' }, known.map((name) =>
        figure(titled(words(name)), figureText(name, valueIn(figures, name)))));
}

/**
 * A figure as text, by what its name says it is.
 * @param {string} name
 * @param {any} value
 */
export function figureText(name, value) {
    if (!isKnown(value)) return typeof value === 'string' ? value : '–';
    if (COUNTS.test(name)) return number(value);
    if (/return/.test(name)) return signed(value, percent);
    if (MONEY.test(name)) return money(value);
    return SHARES.test(name) ? percent(value) : number(value, 2);
}

/**
 * Targets beside what was reached.
 * @param {any[]} targets
 */
export function targetTable(targets) {
    const table = new DataTable({
        caption: 'Targets and what was reached', key: ({ name, metric }) => name ?? metric,
        empty: emptyState('No target is set.'),
        columns: [
            { title: 'Figure', width: 18, text: ({ name, metric }) => titled(words(name ?? metric)) },
            { title: 'Target', width: 12, isNamed: true, text: targetText },
            { title: 'Reached', width: 10, isNumber: true, text: reachedText },
            {
                title: 'Met',
                width: 9,
                stamp: ({ met }) => met,
                node: metBadge,
            },
        ],
    });
    table.set(targets);
    return table.node;
}

/** Figures may be flat, or in groups such as `returns` and `trades`. */
function valueIn(figures, name) {
    if (!figures) return null;
    if (typeof figures[name] !== 'object') return figures[name];
    return figures[name]?.value ?? figures[name]?.depth ?? figures[name]?.count ?? null;
}

/** A target in the unit of the figure: `above 0.6` of a share is `above 60 %`. */
function targetText({ name, metric, target }) {
    const text = isKnown(target) ? number(target, 2)
        : String(target ?? '–').replace('>=', '≥').replace('<=', '≤');
    if (!SHARES.test(name ?? metric ?? '') || text.includes('%')) return text;
    return text.replace(/\d+(\.\d+)?/g, (share) => percent(share, 0));
}

function reachedText({ name, metric, unit, target, actual, measured }) {
    const value = actual ?? measured;
    if (!isKnown(value)) return '–';
    if (unit === 'share' || /%/.test(target)) return percent(value);
    if (unit === 'seconds' || /\d s$/.test(target)) return span(value);
    return figureText(name ?? metric ?? '', value);
}

function metBadge({ met }) {
    if (met === null || met === undefined) return el('span', { class: 'quiet' }, 'not known');
    return stateBadge(met ? 'met' : 'missed');
}

/** The columns of what is listed on more than one page. */

import { el } from '../elements.js';
import {
    arrowed,
    date,
    dateTime,
    isKnown,
    money,
    percent,
    price,
    quantity,
    roundMoney,
    shortTime,
    signed,
    time,
    tone,
    words,
} from '../format.js';
import { address } from '../router.js';
import { adjustmentText, reasonText } from '../wording.js';
import { sideBadge, stateBadge } from './badge.js';
import { evidenceButton } from './evidence.js';

/** A link to a symbol's chart. */
export const symbolColumn = {
    title: 'Symbol', width: 8, stamp: ({ symbol }) => symbol, sort: ({ symbol }) => symbol,
    node: ({ symbol }) => el('a', { href: address(['markets', symbol]), class: 'symbol' }, symbol),
};

/** What is held. */
export const positionColumns = [
    symbolColumn,
    numberColumn('Quantity', 8, ({ quantity: held }) => held, quantity),
    numberColumn('Average', 9, ({ average_price: average }) => average, price, { wide: true }),
    numberColumn('Last', 9, ({ last_price: last }) => last, price),
    numberColumn('Value', 11, ({ market_value: value }) => value, roundMoney, { wide: true }),
    numberColumn('Share', 7, ({ share }) => share, (share) => percent(share, 1), { wide: true }),
    changeColumn('Profit', 12, ({ unrealised_profit: profit }) => profit, money),
    changeColumn('Return', 10, ({ unrealised_return: profit }) => profit, percent, { wide: true }),
    numberColumn('Stop', 9, ({ stop }) => stop, price, { wide: true }),
    numberColumn('Target', 9, ({ target }) => target, price, { wide: true }),
];

/** What is held, in short. */
export const positionColumnsInShort = inShort(positionColumns, 'Average', 'Stop', 'Target');

/** What the pipeline recommends. */
export const signalColumns = [
    momentColumn('Time', ({ time: moment }) => moment),
    symbolColumn,
    sideColumn('Action', ({ action }) => action),
    numberColumn('Confidence', 6, ({ confidence }) => confidence, (share) => percent(share, 0), { wide: true }),
    { title: 'Reason', grow: true, wide: true, text: ({ reason }) => reasonText(reason) },
    { title: 'Evidence', width: 9, stamp: signalKey, node: evidenceButton },
];

/** What the pipeline recommends, in short. */
export const signalColumnsInShort = inShort(signalColumns, 'Reason')
    .map((column) => ({ ...column, ...(column.title === 'Confidence' && { title: 'Sure', width: 4 }) }));

/** What was traded. */
export const fillColumns = [
    momentColumn('Time', ({ time: moment }) => moment),
    symbolColumn,
    sideColumn('Side', ({ side }) => side),
    numberColumn('Quantity', 8, ({ quantity: filled }) => filled, quantity),
    numberColumn('Price', 9, ({ price: paid }) => paid, price),
    numberColumn('Value', 11, fillValue, roundMoney, { wide: true }),
    numberColumn('Fee', 7, ({ fee }) => fee, money, { wide: true }),
    {
        title: 'Profit',
        width: 10,
        isNumber: true,
        wide: true,
        text: ({ realized_profit: profit }) => (isKnown(profit) ? arrowed(profit, money) : ''),
        tone: ({ realized_profit: profit }) => tone(profit),
    },
    linkColumn('Order', ({ order }) => order && ['orders', order], ({ order }) => order),
];

/** What was traded, in short. */
export const fillColumnsInShort = inShort(fillColumns, 'Value', 'Fee', 'Profit', 'Order')
    .map((column) => (column.title === 'Quantity' ? { ...column, wide: true } : column));

/** What was sent to the venue. */
export const orderColumns = [
    momentColumn('Placed', ({ placed_at: placed }) => placed, { wide: true }),
    symbolColumn,
    sideColumn('Side', ({ side }) => side),
    { title: 'Type', width: 8, wide: true, text: ({ type }) => words(type) },
    numberColumn('Quantity', 8, ({ quantity: wanted }) => wanted, quantity, { wide: true }),
    numberColumn('Filled', 8, ({ filled }) => filled, quantity, { wide: true }),
    numberColumn('Price', 10, orderPrice, price),
    {
        title: 'State',
        width: 12,
        stamp: ({ state }) => state,
        node: ({ state }) => stateBadge(state),
        sort: ({ state }) => state,
    },
    { title: 'Reason', grow: true, wide: true, text: ({ reason, origin }) => reasonText(reason ?? origin) },
    linkColumn('Order', ({ id }) => id && ['orders', id], ({ id }) => id),
];

/** What the risk gate said. */
export const decisionColumns = [
    momentColumn('Time', ({ time: moment }) => moment),
    symbolColumn,
    sideColumn('Side', ({ side }) => side),
    { title: 'Verdict', width: 10, stamp: ({ verdict }) => verdict, node: ({ verdict }) => stateBadge(verdict) },
    numberColumn('Quantity', 8, ({ quantity: wanted }) => wanted,
        (wanted) => (isKnown(wanted) ? quantity(wanted) : '')),
    { title: 'Reason', grow: true, isLong: true, text: verdictText },
    linkColumn('Order', ({ order }) => order && ['orders', order], ({ order }) => order),
    {
        title: 'Record',
        width: 7,
        stamp: decisionKey,
        node: (row) => el('a', { href: decisionAddress(row), class: 'mono' }, `#${row.sequence}`),
    },
];

/** @param {any} signal What tells it from others. */
export function signalKey({ symbol, time: moment }) {
    return `${symbol}/${moment}`;
}

/** @param {any} decision What tells it from others: a record may hold several verdicts. */
export function decisionKey({ sequence, symbol, side, order }) {
    return `${sequence}/${symbol}/${side}/${order}`;
}

/** Why it was refused, or what it came from. */
function verdictText({ rule, reason, adjustments = [], origin, run, by }) {
    const why = [rule && `${words(rule)}:`, reasonText(reason)].filter(Boolean).join(' ');
    return [why || reasonText(origin ?? run), ...adjustments.map(adjustmentText), by && `asked by ${by}`]
        .filter(Boolean).join('; ');
}

function decisionAddress({ sequence, index }) {
    return address(['decisions', String(sequence)], { index: index ? String(index) : null });
}

/** @param {any} fill What tells it from others. */
export function fillKey({ order, sequence, ordinal }) {
    return `${order}/${sequence}/${ordinal}`;
}

/**
 * A column of numbers.
 * @param {string} title
 * @param {number} width in characters
 * @param {(row: any) => any} value
 * @param {(value: any) => string} format
 * @param {Partial<import('./table.js').Column>} [more]
 * @returns {import('./table.js').Column}
 */
export function numberColumn(title, width, value, format, more = {}) {
    return { title, width, isNumber: true, text: (row) => format(value(row)), sort: (row) => sortable(value(row)),
        ...more };
}

/**
 * A column of changes: signed, coloured, with an arrow.
 * @param {string} title
 * @param {number} width
 * @param {(row: any) => any} value
 * @param {(value: any) => string} format
 * @param {Partial<import('./table.js').Column>} [more]
 * @returns {import('./table.js').Column}
 */
export function changeColumn(title, width, value, format, more = {}) {
    return numberColumn(title, width, value, (amount) => arrowed(amount, format),
        { tone: (row) => tone(value(row)), ...more });
}

/**
 * A column of links; empty where there is nothing to go to.
 * @param {string} title
 * @param {(row: any) => any} parts of the address
 * @param {(row: any) => any} [text]
 * @returns {import('./table.js').Column}
 */
function linkColumn(title, parts, text = (row) => `#${parts(row).at(-1)}`) {
    return {
        title, width: 7, stamp: (row) => String(parts(row)),
        node: (row) => (parts(row) ? el('a', { href: address(parts(row).map(String)), class: 'mono' }, text(row))
            : el('span')),
    };
}

/** @param {any} profit Money with sign and arrow. */
export function profitText(profit) {
    return arrowed(profit, money);
}

/**
 * A column of moments; phones leave year and seconds out.
 * @param {string} title
 * @param {(row: any) => string | null | undefined} moment
 * @param {Partial<import('./table.js').Column>} [more]
 * @returns {import('./table.js').Column}
 */
export function momentColumn(title, moment, more = {}) {
    return { title, width: 9, stamp: moment, sort: moment, node: (row) => momentNode(moment(row)), ...more };
}

function momentNode(moment) {
    if (!moment) return el('span');
    return el('time', { datetime: moment, title: dateTime(moment), class: 'num' },
        el('span', { class: 'wide-only' }, date(moment).slice(0, 5)), shortTime(moment),
        el('span', { class: 'wide-only' }, time(moment).slice(5)));
}

function sideColumn(title, side) {
    return { title, width: 7, stamp: side, node: (row) => sideBadge(side(row)), sort: side };
}

/** Columns for little room: the moment is short, and what is named is left out. */
function inShort(columns, ...titles) {
    return columns.filter(({ title }) => !titles.includes(title)).map((column) => (column.title === 'Time'
        ? { ...column, width: 10, node: (row) => shortMoment(column.stamp(row)) } : column));
}

function shortMoment(moment) {
    return el('time', { datetime: moment, title: dateTime(moment), class: 'num' }, shortTime(moment));
}

function fillValue(fill) {
    return fill.value ?? (isKnown(fill.price) ? Number(fill.quantity) * Number(fill.price) : null);
}

function orderPrice(order) {
    return order.average_price ?? order.limit_price ?? order.stop_price;
}

function sortable(value) {
    return isKnown(value) ? Number(value) : null;
}

/** Signals, orders, fills and a position as the chart library wants them. */

import { quantity } from '../format.js';
import { seconds } from './indicators.js';

const MOST = 400;

/**
 * Markers in the order of their times.
 * @param {any} marks of `/marks/{symbol}`
 * @param {Record<string, string>} colours
 */
export function chartMarks({ signals = [], orders = [], fills = [] }, colours) {
    return [
        ...signals.filter(({ action }) => action !== 'HOLD').map((signal) => signalMark(signal, colours)),
        ...orders.filter(({ state }) => !isFilled(state)).map((order) => orderMark(order, colours)),
        ...fills.map((fill) => fillMark(fill, colours)),
    ].sort((left, right) => left.time - right.time).slice(-MOST);
}

/**
 * The lines of what is held.
 * @param {any} position
 * @param {Record<string, string>} colours
 * @param {any} styles the library's line styles
 */
export function positionLines(position, colours, styles) {
    if (!position) return [];
    return [
        ['average_price', `held ${quantity(position.quantity)}`, colours.accent, styles.Solid],
        ['stop', 'stop', colours.down, styles.Dashed],
        ['target', 'target', colours.up, styles.Dashed],
    ].filter(([name]) => Number.isFinite(Number(position[name])) && position[name] !== null)
        .map(([name, title, color, lineStyle]) =>
            ({ price: Number(position[name]), title, color, lineStyle, lineWidth: 1, axisLabelVisible: true }));
}

function signalMark({ time, action }, { up, down }) {
    const isBuy = action === 'BUY';
    const [position, color] = isBuy ? ['belowBar', up] : ['aboveBar', down];
    return { time: seconds(time), position, color, shape: 'circle', size: 0.5 };
}

function orderMark({ time, side }, { warn }) {
    const isBuy = String(side).toLowerCase() === 'buy';
    return { time: seconds(time), position: isBuy ? 'belowBar' : 'aboveBar', shape: 'square', size: 0.5, color: warn };
}

function fillMark({ time, side, quantity: filled }, { up, down }) {
    const isBuy = String(side).toLowerCase() === 'buy';
    return { time: seconds(time), position: isBuy ? 'belowBar' : 'aboveBar', shape: isBuy ? 'arrowUp' : 'arrowDown',
        color: isBuy ? up : down, text: `${isBuy ? '+' : '−'}${quantity(filled)}` };
}

function isFilled(state) {
    return ['filled', 'done'].includes(String(state ?? '').toLowerCase());
}

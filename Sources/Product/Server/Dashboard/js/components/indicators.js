/** The indicators that can be drawn, and how the server's values become lines. */

/**
 * @typedef {{key: string, title: string, pane: 'price'|'rsi'|'macd',
 *     lines: [field: string, colour: string, kind?: string][]}} Indicator
 */

/** @type {Indicator[]} */
export const INDICATORS = [
    { key: 'sma:20', title: 'SMA 20', pane: 'price', lines: [['value', 'series-1']] },
    { key: 'sma:50', title: 'SMA 50', pane: 'price', lines: [['value', 'series-2']] },
    { key: 'ema:20', title: 'EMA 20', pane: 'price', lines: [['value', 'series-3']] },
    { key: 'bollinger:20:2', title: 'Bollinger 20, 2', pane: 'price',
        lines: [['upper', 'muted'], ['middle', 'muted'], ['lower', 'muted']] },
    { key: 'rsi:14', title: 'RSI 14', pane: 'rsi', lines: [['value', 'accent']] },
    { key: 'macd:12:26:9', title: 'MACD 12, 26, 9', pane: 'macd',
        lines: [['histogram', 'muted', 'histogram'], ['macd', 'accent'], ['signal', 'warn']] },
];

/**
 * The points of a line; moments without a value leave a gap.
 * @param {any[]} rows `[{time, value…}]`
 * @param {string} field
 */
export function linePoints(rows, field) {
    return (rows ?? []).map((row) => {
        const value = row[field];
        const time = seconds(row.time);
        return value === null || value === undefined ? { time } : { time, value: Number(value) };
    });
}

/** @param {string} text A time in whole seconds, as the chart counts. */
export function seconds(text) {
    return Math.floor(Date.parse(text) / 1000);
}

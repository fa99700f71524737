/** The account's equity as the stream told of it since the page was opened, after what the server keeps. */

const MOST = 1000;

/** @typedef {{time: number, value: number}} Point time in milliseconds */

/** @type {Point[]} */
let points = [];

/**
 * Takes note of how the account stands. Of too many points every second one goes, so that they reach as far back.
 * @param {{as_of?: string, equity?: number}} portfolio
 */
export function noteEquity({ as_of: asOf, equity }) {
    const point = { time: Date.parse(asOf ?? ''), value: Number(equity) };
    if (!Number.isFinite(point.time) || !Number.isFinite(point.value)) return;
    const last = points.at(-1);
    if (last && point.time < last.time) points = [];
    if (points.at(-1)?.time === point.time) points.pop();
    points.push(point);
    if (points.length > MOST) points = points.filter((_, place) => place % 2 === 0 || place === points.length - 1);
}

/**
 * What was noted after a time.
 * @param {number} time in milliseconds
 * @returns {Point[]}
 */
export function equitySince(time) {
    return points.filter((point) => point.time > time);
}

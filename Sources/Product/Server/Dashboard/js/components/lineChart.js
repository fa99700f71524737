/** A line over time, drawn as SVG: equity, drawdown, figures beside each other. */

import { el, replace, setText, svg } from '../elements.js';
import { dateTime } from '../format.js';

/**
 * @typedef {{time: number, value: number}} Point time in milliseconds
 * @typedef {{name: string, tone: string, points: Point[], isFilled?: boolean}} Series
 * @typedef {{name: string, tone: string, value: number}} Level
 * @typedef {{series: Series[], levels?: Level[]}} Drawing
 */

const MARGIN = { top: 8, right: 64, bottom: 20, left: 2 };
const LABEL_WIDTH = 110;

/**
 * A chart that fills its place.
 * @param {import('../scope.js').Scope} scope
 * @param {{label: string, height: number, format: (value: number) => string, zone?: string}} options
 * @returns {{node: HTMLElement, update: (drawing: Drawing) => void}}
 */
export function lineChart(scope, options) {
    const legend = el('div', { class: 'chart-legend' });
    const picture = svg('svg', { class: 'line-chart', role: 'img', 'aria-label': options.label,
        height: options.height });
    const node = el('div', { class: 'chart-box' }, legend, picture);
    let drawing = { series: [] };
    let plot = null;

    const draw = () => {
        const width = node.clientWidth;
        if (!width || scope.isOver) return;
        plot = new Plot(drawing, width, options);
        picture.setAttribute('viewBox', `0 0 ${width} ${options.height}`);
        picture.setAttribute('aria-label', `${options.label}. ${plot.summary()}`);
        replace(picture, plot.draw());
        showLegend(legend, drawing, null, options);
    };
    const observer = new ResizeObserver(draw);
    observer.observe(node);
    scope.onEnd(() => observer.disconnect());
    scope.listen(picture, 'pointermove', (event) => {
        if (plot) showLegend(legend, drawing, plot.point(event, picture), options);
    });
    scope.listen(picture, 'pointerleave', () => {
        plot?.clear();
        showLegend(legend, drawing, null, options);
    });
    return {
        node,
        update(next) {
            drawing = next;
            draw();
        },
    };
}

function showLegend(legend, drawing, time, { format }) {
    const entries = drawing.series.filter(({ points }) => points.length).map((series) => {
        const point = time === null ? series.points.at(-1) : nearest(series.points, time);
        return el('span', { class: `legend-entry ${series.tone}` },
            el('span', { class: 'legend-key', 'aria-hidden': 'true' }),
            `${series.name} `, el('b', {}, format(point.value)));
    });
    const levels = (drawing.levels ?? []).map((level) => el('span', { class: `legend-entry dashed ${level.tone}` },
        el('span', { class: 'legend-key', 'aria-hidden': 'true' }), `${level.name} `,
            el('b', {}, format(level.value))));
    const moment = el('span', { class: 'legend-time' });
    setText(moment, time === null ? '' : dateTime(new Date(time).toISOString()));
    replace(legend, entries, levels, moment);
}

class Plot {
    #drawing;
    #options;
    #width;
    #times;
    #values;
    #cursor = svg('line', { class: 'chart-cursor', y1: MARGIN.top, visibility: 'hidden' });

    constructor(drawing, width, options) {
        this.#drawing = drawing;
        this.#options = options;
        this.#width = width;
        const points = drawing.series.flatMap(({ points: own }) => own);
        this.#times = range(points.map(({ time }) => time));
        this.#values = padded(range([...points.map(({ value }) => value),
            ...this.#levels().map(({ value }) => value)]));
        this.#cursor.setAttribute('y2', String(this.#bottom));
    }

    summary() {
        const { format } = this.#options;
        return this.#drawing.series.filter(({ points }) => points.length).map(({ name, points }) =>
            `${name}: first ${format(points[0].value)}, last ${format(points.at(-1).value)}`).join('. ');
    }

    draw() {
        return [this.#grid(), this.#dates(), this.#levels().map((level) => this.#level(level)),
            this.#drawing.series.map((series) => this.#line(series)), this.#cursor];
    }

    /** The time under the pointer; null outside. */
    point(event, picture) {
        const box = picture.getBoundingClientRect();
        const x = Math.min(this.#right, Math.max(MARGIN.left, event.clientX - box.left));
        this.#cursor.setAttribute('x1', x);
        this.#cursor.setAttribute('x2', x);
        this.#cursor.setAttribute('visibility', 'visible');
        return this.#times[0] + (x - MARGIN.left) / (this.#right - MARGIN.left) * (this.#times[1] - this.#times[0]);
    }

    clear() {
        this.#cursor.setAttribute('visibility', 'hidden');
    }

    get #right() {
        return this.#width - MARGIN.right;
    }

    get #bottom() {
        return this.#options.height - MARGIN.bottom;
    }

    #levels() {
        return (this.#drawing.levels ?? []).filter(({ value }) => Number.isFinite(value));
    }

    #x(time) {
        const [first, last] = this.#times;
        return MARGIN.left + (last > first ? (time - first) / (last - first) : 1) * (this.#right - MARGIN.left);
    }

    #y(value) {
        const [low, high] = this.#values;
        return this.#bottom - (value - low) / (high - low) * (this.#bottom - MARGIN.top);
    }

    #grid() {
        return ticks(this.#values, 4).map((value) => {
            const y = this.#y(value).toFixed(1);
            return [svg('line', { class: 'chart-grid', x1: MARGIN.left, x2: this.#right, y1: y, y2: y }),
                svg('text', { class: 'chart-text', x: this.#right + 6, y, dy: '0.32em' }, this.#options.format(value))];
        });
    }

    #dates() {
        const [first, last] = this.#times;
        if (!(last > first)) return [];
        const count = Math.max(1, Math.floor((this.#right - MARGIN.left) / LABEL_WIDTH));
        return Array.from({ length: count }, (_, place) => first + (place + 0.5) / count * (last - first)).map((time) =>
            svg('text', { class: 'chart-text', x: this.#x(time), y: this.#bottom + 14, 'text-anchor': 'middle' },
                dateLabel(time, last - first)));
    }

    #level({ value, tone }) {
        const y = this.#y(value).toFixed(1);
        return svg('line', { class: `chart-level ${tone}`, x1: MARGIN.left, x2: this.#right, y1: y, y2: y });
    }

    #line({ points, tone, isFilled }) {
        if (!points.length) return [];
        const path = points.map(({ time, value }, place) =>
            `${place ? 'L' : 'M'}${this.#x(time).toFixed(1)} ${this.#y(value).toFixed(1)}`).join('');
        const [left, right] = [points[0], points.at(-1)].map(({ time }) => this.#x(time).toFixed(1));
        const below = `L${right} ${this.#bottom}L${left} ${this.#bottom}Z`;
        const area = isFilled && svg('path', { class: `chart-area ${tone}`, d: path + below });
        return [area, svg('path', { class: `chart-line ${tone}`, d: path })];
    }
}

function dateLabel(time, length) {
    const text = dateTime(new Date(time).toISOString());
    if (length < 2 * 86400000) return text.slice(11, 16);
    return length < 90 * 86400000 ? text.slice(5, 16) : text.slice(0, 10);
}

function range(numbers) {
    let [low, high] = [Infinity, -Infinity];
    for (const number of numbers) {
        if (number < low) low = number;
        if (number > high) high = number;
    }
    return low <= high ? [low, high] : [0, 1];
}

function padded([low, high]) {
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low - room, high + room];
}

/** Round numbers inside a range. */
function ticks([low, high], count) {
    const rough = (high - low) / count;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
    const first = Math.ceil(low / step) * step;
    return Array.from({ length: Math.max(0, Math.floor((high - first) / step) + 1) },
        (_, place) => first + place * step);
}

function nearest(points, time) {
    let [low, high] = [0, points.length - 1];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (points[middle].time < time) low = middle + 1;
        else high = middle;
    }
    const before = points[low - 1];
    return before && time - before.time < points[low].time - time ? before : points[low];
}

/** Candles with volume, indicators, marks and the lines of a position. */

import { el, replace } from '../elements.js';
import { dateTime, number, price, time as clock } from '../format.js';
import { chartColours, faded } from './chartLibrary.js';
import { INDICATORS, linePoints, seconds } from './indicators.js';
import { chartMarks, positionLines } from './marks.js';

const CANDLE_WIDTH = 7;
/** A day may be an hour shorter, where clocks change: this share of a bar is one. */
const WHOLE = 0.9;
/** From this kind on, the chart library's marks are moments inside a day. */
const CLOCK_MARK = 3;
const MARGINS = [
    { price: [0.06, 0.2], volume: [0.84, 0] },
    { price: [0.05, 0.38], volume: [0.66, 0.24], lower: [[0.79, 0.02]] },
    { price: [0.05, 0.5], volume: [0.54, 0.36], lower: [[0.67, 0.19], [0.84, 0.02]] },
];

/** A chart in an element of its own; `close` gives back what it holds. */
export class CandleChart {
    #library;
    #chart;
    #candles;
    #volume;
    #lines = [];
    #priceLines = [];
    #colours = chartColours();
    #last = null;
    #barSeconds = 0;
    #legend = el('div', { class: 'candle-legend', 'aria-hidden': 'true' });

    /** @param {any} library */
    constructor(library) {
        this.#library = library;
        const place = el('div', { class: 'candle-canvas' });
        this.node = el('div', { class: 'candle-chart', role: 'img', 'aria-label': 'Candles' }, this.#legend, place);
        this.#chart = library.createChart(place, this.#options());
        this.#candles = this.#chart.addCandlestickSeries(this.#candleOptions());
        this.#volume = this.#chart.addHistogramSeries({ priceScaleId: 'volume', priceFormat: { type: 'volume' },
            lastValueVisible: false, priceLineVisible: false });
        this.#chart.subscribeCrosshairMove((event) => this.#showLegend(event));
    }

    /**
     * Shows bars with the indicators that were chosen.
     * @param {any} answer of `/bars/{symbol}`
     * @param {string[]} chosen keys of indicators
     */
    show(answer, chosen) {
        const bars = answer.bars ?? [];
        this.#clearLines();
        this.#candles.setData(bars.map(candle));
        this.#volume.setData(bars.map((bar) => this.#volumeBar(bar)));
        const wanted = INDICATORS.filter(({ key }) => chosen.includes(key));
        this.#arrange(wanted);
        for (const indicator of wanted) this.#addIndicator(indicator, answer.indicators?.[indicator.key]);
        this.#last = bars.at(-1) ?? null;
        this.#barSeconds = shortestGap(bars.slice(-20).map(({ time }) => seconds(time)));
        this.#describe(answer.symbol, bars);
        this.#showLegend(null);
    }

    /**
     * Marks signals, orders and fills, and draws the lines of the position.
     * @param {any} marks of `/marks/{symbol}`
     */
    mark(marks) {
        this.#candles.setMarkers(chartMarks(marks, this.#colours));
        this.#priceLines.forEach((line) => this.#candles.removePriceLine(line));
        this.#priceLines = positionLines(marks.position, this.#colours, this.#library.LineStyle)
            .map((options) => this.#candles.createPriceLine(options));
    }

    /**
     * Moves the last candle, or begins the next.
     * @param {any} quote
     * @returns {boolean} whether a candle was begun, which the indicators do not know
     */
    push(quote) {
        if (!this.#last || quote.last === null) return false;
        const isSame = seconds(quote.time) - seconds(this.#last.time) < Math.max(1, this.#barSeconds * WHOLE);
        if (seconds(quote.time) < seconds(this.#last.time)) return false;
        this.#last = isSame ? grown(this.#last, quote) : fresh(quote);
        this.#candles.update(candle(this.#last));
        this.#volume.update(this.#volumeBar(this.#last));
        this.#showLegend(null);
        return !isSame;
    }

    /** Shows the latest bars, as many as can be told apart. */
    showLatest() {
        const count = this.#candles.data().length;
        const fitting = Math.round(this.node.clientWidth / CANDLE_WIDTH);
        this.#chart.timeScale().setVisibleLogicalRange({ from: count - fitting, to: count + 6 });
    }

    /** Gives everything back. */
    close() {
        this.#chart.remove();
    }

    #options() {
        const { muted, line } = this.#colours;
        return {
            autoSize: true,
            layout: { background: { color: 'transparent' }, textColor: muted, fontSize: 11,
                fontFamily: getComputedStyle(document.body).fontFamily },
            grid: { vertLines: { color: faded(line, 0.5) }, horzLines: { color: faded(line, 0.5) } },
            rightPriceScale: { borderColor: line },
            timeScale: { borderColor: line, timeVisible: true, secondsVisible: false, rightOffset: 6,
                tickMarkFormatter: clockMark },
            crosshair: { mode: this.#library.CrosshairMode.Normal },
            localization: { timeFormatter: (time) => dateTime(new Date(time * 1000).toISOString()) },
            handleScale: { axisPressedMouseMove: true }, handleScroll: { vertTouchDrag: false },
        };
    }

    #candleOptions() {
        const { up, down } = this.#colours;
        return { upColor: up, downColor: down, borderUpColor: up, borderDownColor: down, wickUpColor: up,
            wickDownColor: down };
    }

    #volumeBar(bar) {
        const colour = bar.close >= bar.open ? this.#colours.up : this.#colours.down;
        return { time: seconds(bar.time), value: bar.volume ?? 0, color: faded(colour, 0.35) };
    }

    #arrange(wanted) {
        const lower = [...new Set(wanted.map(({ pane }) => pane))].filter((pane) => pane !== 'price');
        const margins = MARGINS[lower.length];
        this.#candles.priceScale().applyOptions({ scaleMargins: scale(margins.price) });
        this.#volume.priceScale().applyOptions({ scaleMargins: scale(margins.volume) });
        this.lowerMargins = Object.fromEntries(lower.map((pane, place) => [pane, scale(margins.lower[place])]));
    }

    #addIndicator({ title, pane, lines }, rows) {
        for (const [field, colour, kind] of lines) {
            const options = { color: this.#colours[colour], lineWidth: 1, priceLineVisible: false,
                lastValueVisible: false,
                crosshairMarkerVisible: false, ...(pane === 'price' ? {} : { priceScaleId: pane }) };
            const series = kind === 'histogram'
                ? this.#chart.addHistogramSeries({ ...options, color: faded(this.#colours.muted, 0.4) })
                : this.#chart.addLineSeries(options);
            series.setData(linePoints(rows, field));
            if (pane !== 'price') series.priceScale().applyOptions({ scaleMargins: this.lowerMargins[pane] });
            if (pane === 'rsi') this.#addBounds(series);
            this.#lines.push({ series, title, colour, isFirst: field === lines[0][0] });
        }
    }

    #addBounds(series) {
        const style = { color: faded(this.#colours.muted, 0.6), lineWidth: 1, lineStyle: this.#library.LineStyle.Dotted,
            axisLabelVisible: false };
        [30, 70].forEach((level) => series.createPriceLine({ ...style, price: level, title: String(level) }));
    }

    #clearLines() {
        this.#lines.forEach(({ series }) => this.#chart.removeSeries(series));
        this.#lines = [];
    }

    #describe(symbol, bars) {
        const last = bars.at(-1);
        this.node.setAttribute('aria-label', last
            ? `${symbol}: ${bars.length} candles to ${dateTime(last.time)}, last close ${price(last.close)}`
            : `${symbol}: no bars`);
    }

    /** The values under the pointer, else the latest. */
    #showLegend(event) {
        const data = event?.seriesData;
        const bar = data?.get(this.#candles) ?? (this.#last && candle(this.#last));
        if (!bar) return replace(this.#legend);
        const tone = bar.close >= bar.open ? 'up' : 'down';
        replace(this.#legend,
            ['open', 'high', 'low', 'close'].map((name) => [el('span', {}, name[0].toUpperCase()),
                el('b', { class: tone }, price(bar[name]))]),
            this.#lines.map(({ series, title, colour, isFirst }) => {
                const point = data?.get(series) ?? series.data().at(-1);
                return el('span', { class: `legend-entry ${colour}` }, isFirst && `${title} `,
                    el('b', {}, number(point?.value, 2)));
            }));
    }
}

/** Marks inside a day are in the zone of all other times; null leaves a mark as it is. */
function clockMark(time, kind) {
    return kind >= CLOCK_MARK ? clock(new Date(time * 1000).toISOString()).slice(0, 5) : null;
}

/** The time between bars: nights and weekends make some gaps longer. */
function shortestGap(times) {
    const gaps = times.slice(1).map((time, place) => time - times[place]);
    return gaps.length ? Math.min(...gaps) : 0;
}

function candle(bar) {
    return { time: seconds(bar.time), open: bar.open, high: bar.high, low: bar.low, close: bar.close };
}

function grown(bar, quote) {
    return { ...bar, close: quote.last, high: Math.max(bar.high, quote.last), low: Math.min(bar.low, quote.last) };
}

function fresh(quote) {
    const { time, last, open, high, low, volume } = quote;
    return { time, open: open ?? last, high: high ?? last, low: low ?? last, close: last, volume: volume ?? 0 };
}

function scale([top, bottom]) {
    return { top, bottom };
}

/** The watch list and one instrument's candles. */

import { encode, get } from '../api.js';
import { CandleChart } from '../components/candleChart.js';
import { chartLibrary } from '../components/chartLibrary.js';
import { INDICATORS } from '../components/indicators.js';
import { pageHead, panel } from '../components/panel.js';
import { quoteHead } from '../components/quoteHead.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { watchList } from '../components/watchList.js';
import { el, replace } from '../elements.js';
import { preferences, setPreferences } from '../preferences.js';
import { address, go } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';

export const title = 'Markets';

const BARS = 500;
/** How often indicators catch up with the candles that quotes began, in milliseconds. */
const BARS_EVERY = 5000;
const MARKS_EVERY = 2000;

/** @param {import('../app.js').Page} page */
export function show(page) {
    const { scope } = page;
    const place = el('div', { class: 'market-place' });
    let shown = null;
    const list = watchList(scope, {
        select: (symbol) => go(address(['markets', symbol])),
        quoted: (quote) => quote.symbol === shown?.symbol && shown.push(quote),
        loaded: (first) => begin(first),
    });

    function begin(first) {
        if (shown) present();
        else if (first) open(first);
        else replace(place, emptyState('No instrument is known yet.', 'Start a run in the terminal: bellwether run'));
    }

    function open(symbol) {
        shown?.scope.end();
        shown = instrument(scope.child(), symbol);
        page.setTitle(`${symbol} · Markets`);
        replace(place, shown.node);
        present();
    }

    function present() {
        list.mark(shown.symbol);
        const quote = list.quote(shown.symbol);
        if (quote) shown.push(quote);
    }

    page.moved = (params) => params.symbol && params.symbol !== shown?.symbol && open(params.symbol);
    if (page.params.symbol) open(page.params.symbol);
    return el('div', { class: `page markets ${page.params.symbol ? 'has-symbol' : ''}` }, pageHead('Markets'),
        el('div', { class: 'market-columns' }, panel('Watch list', { class: 'watch-panel' }, list.node), place));
}

function instrument(scope, symbol) {
    const head = quoteHead(scope, symbol);
    const chosen = new Set(preferences().indicators);
    const view = chartView(scope, symbol, chosen);
    const node = el('section', { class: 'panel', 'aria-label': `Chart of ${symbol}` }, head.node,
        chooser(chosen, view.reload), el('div', { class: 'candle-place' }, view.node), el('p', { class: 'quiet small' },
            'Circles are signals, arrows fills, squares orders; lines are average price, stop and target.'));
    const push = (quote) => {
        head.update(quote);
        view.push(quote);
    };
    return { scope, symbol, node, push };
}

function chooser(chosen, changed) {
    return el('fieldset', { class: 'chips' }, el('legend', { class: 'hidden' }, 'Indicators'),
        INDICATORS.map(({ key, title: name }) =>
        el('label', { class: 'chip' }, el('input', {
            type: 'checkbox', checked: chosen.has(key),
            on: { change: (event) => choose(chosen, key, event.target.checked, changed) },
        }), name)));
}

function choose(chosen, key, isChosen, changed) {
    if (isChosen) chosen.add(key);
    else chosen.delete(key);
    setPreferences({ indicators: [...chosen] });
    changed();
}

function chartView(scope, symbol, chosen) {
    let chart = null;
    let isMarking = false;
    const loadMarks = atMostEvery(scope, MARKS_EVERY, async () => {
        if (isMarking) return loadMarks();
        isMarking = true;
        const marks = await get(`/marks/${encode(symbol)}`, {}, scope.signal).catch(() => null);
        isMarking = false;
        if (marks && !scope.isOver) chart?.mark(marks);
    });
    const view = resource(scope, (signal) => load(symbol, chosen, signal), ([library, bars]) => {
        if (!library) return emptyState('Charts are not part of this build.', 'Run make setup and build again.');
        if (!bars.bars?.length) return emptyState(`No bars of ${symbol} yet.`, 'They appear as the market moves.');
        chart = new CandleChart(library);
        scope.onEnd(() => chart.close());
        chart.show(bars, [...chosen]);
        requestAnimationFrame(() => scope.isOver || chart.showLatest());
        loadMarks();
        return { node: chart.node, update: ([, next]) => { chart.show(next, [...chosen]); loadMarks(); } };
    }, { lines: 14 });
    for (const topic of ['signals', 'orders', 'fills']) {
        // Of recommendations, a chart marks only those to buy or to sell.
        stream.on(scope, topic, (item) => item.symbol === symbol && item.action !== 'HOLD' && loadMarks());
    }
    scope.listen(stream, 'missed', view.reload);
    const followBars = atMostEvery(scope, BARS_EVERY, view.reload);
    return { node: view.node, reload: view.reload, push: (quote) => chart?.push(quote) && followBars() };
}

function load(symbol, chosen, signal) {
    const query = { limit: BARS, indicators: [...chosen].join(',') };
    return Promise.all([chartLibrary(), get(`/bars/${encode(symbol)}`, query, signal)]);
}

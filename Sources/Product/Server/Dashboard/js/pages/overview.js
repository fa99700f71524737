/** How the desk stands: money, risk, what waits for a person, what happened last. */

import { get } from '../api.js';
import {
    fillColumnsInShort,
    fillKey,
    positionColumnsInShort,
    signalColumnsInShort,
    signalKey,
} from '../components/columns.js';
import { lineChart } from '../components/lineChart.js';
import { liveList } from '../components/liveList.js';
import { needsPerson } from '../components/needs.js';
import { pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { figureStrip, tradingPanel } from '../components/standing.js';
import { DataTable } from '../components/table.js';
import { el, replace } from '../elements.js';
import { dateTime, roundMoney } from '../format.js';
import { equitySince } from '../liveEquity.js';
import { read, watch } from '../store.js';
import { oncePerFrame } from '../timing.js';

export const title = 'Overview';

const POINTS = 500;
const LATEST = 8;

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    return el('div', { class: 'page overview' },
        pageHead('Overview'),
        figureStrip(scope),
        el('div', { class: 'columns wide-left' },
            el('div', { class: 'stack' },
                panel('Equity', { class: 'equity-panel' }, equity(scope)),
                panel('Positions', { actions: el('a', { href: '#/orders' }, 'Orders & positions') }, positions(scope))),
            el('div', { class: 'stack' }, needsPerson(scope), tradingPanel(scope),
                panel('Last signals', { actions: el('a', { href: '#/decisions?view=signals' }, 'Recommendations') },
                    latest(scope, 'signals', signalColumnsInShort, signalKey, 'No recommendation yet.')),
                panel('Last fills', { actions: el('a', { href: '#/orders?view=fills' }, 'All fills') },
                    latest(scope, 'fills', fillColumnsInShort, fillKey, 'Nothing was traded yet.')))));
}

/** What the server keeps, and after it what the stream told of since the page was opened. */
function equity(scope) {
    return resource(scope, (signal) => get('/equity', { points: POINTS }, signal), (answer) => {
        const chart = lineChart(scope, { label: 'Equity', height: 260, format: roundMoney });
        const kept = (answer.points ?? []).map(({ time, equity: value }) => ({ time: Date.parse(time), value }));
        const place = el('div', {}, emptyState('No equity is known yet.', 'It appears with the first bar of a run.'));
        const note = el('p', { class: 'quiet small' }, detailText(answer.fine_from));
        const draw = oncePerFrame(scope, () => {
            const points = [...kept, ...equitySince(kept.at(-1)?.time ?? -Infinity)];
            if (points.length && !chart.node.isConnected) replace(place, chart.node, note);
            chart.update(equityDrawing(points, read('portfolio')?.day));
        });
        watch(scope, 'portfolio', draw);
        draw();
        return place;
    }, { lines: 9 }).node;
}

function detailText(fineFrom) {
    return fineFrom ? `One point a day until ${dateTime(fineFrom)}, more since.`
        : 'One point a day, and every change since this page was opened.';
}

function equityDrawing(points, day = {}) {
    return {
        series: [{ name: 'Equity', tone: 'accent', points, isFilled: true }],
        levels: [{ name: 'Day start', tone: 'quiet', value: day.start_equity },
            { name: 'Loss limit', tone: 'down', value: day.loss_limit_equity }]
            .filter(({ value }) => Number.isFinite(value)),
    };
}

function positions(scope) {
    const table = new DataTable({
        isDense: true, caption: 'Positions', columns: positionColumnsInShort, key: ({ symbol }) => symbol,
        empty: emptyState('No position is held.',
            'A position appears when a recommendation passes the risk gate and is filled.'),
    });
    let wanted = [];
    const draw = oncePerFrame(scope, () => table.set(wanted));
    watch(scope, 'portfolio', (portfolio) => {
        wanted = portfolio.positions ?? [];
        draw();
    });
    return table.node;
}

function latest(scope, topic, columns, key, nothing) {
    const table = new DataTable({
        isDense: true, caption: `Last ${topic}`, columns, key, limit: LATEST, empty: emptyState(nothing),
    });
    return liveList(scope, { table, topic, path: `/${topic}`, limit: LATEST }).node;
}

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
import { el } from '../elements.js';
import { roundMoney } from '../format.js';
import { watch } from '../store.js';
import { oncePerFrame } from '../timing.js';

export const title = 'Overview';

const POINTS = 500;
const MOST_POINTS = 2000;
const LATEST = 8;

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    return el('div', { class: 'page overview' },
        pageHead('Overview'),
        figureStrip(scope),
        el('div', { class: 'columns wide-left overview-top' },
            panel('Equity', { class: 'equity-panel' }, equity(scope)),
            el('div', { class: 'stack' }, needsPerson(scope), tradingPanel(scope))),
        el('div', { class: 'columns wide-left' },
            panel('Positions', { actions: el('a', { href: '#/orders' }, 'Orders & positions') }, positions(scope)),
            el('div', { class: 'stack' },
                panel('Last signals', { actions: el('a', { href: '#/decisions' }, 'Decisions') },
                    latest(scope, 'signals', signalColumnsInShort, signalKey, 'No recommendation yet.')),
                panel('Last fills', { actions: el('a', { href: '#/orders?view=fills' }, 'All fills') },
                    latest(scope, 'fills', fillColumnsInShort, fillKey, 'Nothing was traded yet.')))));
}

function equity(scope) {
    return resource(scope, (signal) => get('/equity', { points: POINTS }, signal), (answer) => {
        const chart = lineChart(scope, { label: 'Equity', height: 260, format: roundMoney });
        const points = (answer.points ?? []).map(({ time, equity: value }) => ({ time: Date.parse(time), value }));
        const draw = oncePerFrame(scope, () => chart.update(equityDrawing(points, answer)));
        watch(scope, 'portfolio', (portfolio) => {
            addPoint(points, { time: Date.parse(portfolio.as_of), value: portfolio.equity });
            draw();
        });
        draw();
        return points.length ? chart.node : emptyState('No equity is known yet.',
            'It appears with the first bar of a run.');
    }, { lines: 9 }).node;
}

function equityDrawing(points, { day_start: start, loss_limit_equity: limit }) {
    return {
        series: [{ name: 'Equity', tone: 'accent', points, isFilled: true }],
        levels: [{ name: 'Day start', tone: 'quiet', value: start?.equity ?? start },
            { name: 'Loss limit', tone: 'down', value: limit }].filter(({ value }) => Number.isFinite(value)),
    };
}

function addPoint(points, point) {
    if (!Number.isFinite(point.time) || !Number.isFinite(point.value)) return;
    const last = points.at(-1);
    if (last && point.time < last.time) return;
    if (last?.time === point.time) points[points.length - 1] = point;
    else points.push(point);
    if (points.length > MOST_POINTS) points.splice(0, points.length - MOST_POINTS);
}

function positions(scope) {
    const table = new DataTable({
        caption: 'Positions', columns: positionColumnsInShort, key: ({ symbol }) => symbol,
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
    const table = new DataTable({ caption: `Last ${topic}`, columns, key, limit: LATEST, empty: emptyState(nothing) });
    return liveList(scope, { table, topic, path: `/${topic}`, limit: LATEST }).node;
}

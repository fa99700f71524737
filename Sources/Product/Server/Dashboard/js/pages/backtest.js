/** One backtest: how far it is, then its report. */

import { encode, get, post } from '../api.js';
import { badge, sideBadge, stateBadge } from '../components/badge.js';
import { changeColumn, numberColumn } from '../components/columns.js';
import { figureText, mainFigures, targetTable } from '../components/figures.js';
import { lineChart } from '../components/lineChart.js';
import { button, facts, pageHead, panel } from '../components/panel.js';
import { progressBar } from '../components/progress.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { toastError } from '../components/toast.js';
import { el } from '../elements.js';
import { date, isKnown, money, percent, price, quantity, roundMoney, words } from '../format.js';
import { marketText, strategyText } from './backtests.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';

export const title = 'Backtest';

/** @param {import('../app.js').Page} page */
export function show({ scope, params: { id }, setTitle }) {
    setTitle(`Backtest ${id}`);
    let shown = scope.child();
    const view = resource(scope, (signal) => get(`/backtests/${encode(id)}`, {}, signal), (backtest) => {
        shown.end();
        shown = scope.child();
        return report(shown, backtest);
    }, { lines: 10 });
    const reload = atMostEvery(scope, 300, view.reload);
    stream.on(scope, 'operations', (operation) => operation.id === id && reload());
    return el('div', { class: 'page' },
        pageHead(`Backtest ${id}`, el('a', { class: 'button', href: '#/backtests/new' }, 'New backtest'),
        el('a', { href: '#/backtests' }, 'All backtests')), view.node);
}

function report(scope, backtest) {
    const head = panel(strategyText(backtest.request), {},
        el('div', { class: 'stack' }, el('p', {}, backtest.request?.simulated && badge('SIMULATED', 'warn'), ' ',
            marketText(backtest.request)), facts([
        ['State', backtest.state === 'running' ? progressBar(backtest.progress) : stateBadge(backtest.state)],
        ['Cash', roundMoney(backtest.request?.cash)], ['Fee', percent(backtest.request?.fee)],
    ]), backtest.state === 'running' && button('Cancel', () => cancel(backtest.id), 'danger'),
    backtest.error && el('p', { class: 'down' }, backtest.error)));
    return el('div', { class: 'stack' }, head, backtest.state === 'done' && results(scope, backtest));
}

async function cancel(id) {
    try {
        await post(`/backtests/${encode(id)}/cancel`);
    } catch (error) {
        toastError(error);
    }
}

function results(scope, backtest) {
    return [
        mainFigures(backtest.figures),
        panel('Equity', {}, equityChart(scope, backtest)),
        panel('Drawdown', {}, drawdownChart(scope, backtest.equity ?? [])),
        el('div', { class: 'columns' },
            panel('Targets', {}, targetTable(backtest.targets ?? backtest.figures?.targets ?? [])),
            el('div', { class: 'stack' }, panel('Costs', {}, costs(backtest.costs)),
                panel('Benchmark', {}, benchmark(backtest)))),
        panel('Trades', {}, trades(backtest.trades ?? [])),
    ];
}

function equityChart(scope, { equity = [], benchmark: other }) {
    const chart = lineChart(scope, { label: 'Equity', height: 280, format: roundMoney });
    const compared = equity.filter((point) => isKnown(point.benchmark));
    chart.update({ series: [
        {
            name: 'Strategy',
            tone: 'accent',
            isFilled: true,
            points: equity.map(({ time, equity: value }) => ({ time: Date.parse(time), value: Number(value) })),
        },
        {
            name: other?.name ?? 'Benchmark',
            tone: 'quiet',
            points: compared.map((point) => ({ time: Date.parse(point.time), value: Number(point.benchmark) })),
        },
    ] });
    return equity.length ? chart.node : emptyState('The report has no equity curve.');
}

function drawdownChart(scope, equity) {
    const chart = lineChart(scope, { label: 'Drawdown', height: 130, format: (value) => percent(value, 1) });
    chart.update({ series: [{ name: 'Drawdown', tone: 'down',
        points: equity.map(({ time, drawdown }) => ({ time: Date.parse(time), value: -Math.abs(drawdown ?? 0) })) }] });
    return chart.node;
}

function costs(values) {
    const rows = Object.entries(values ?? {}).map(([name, value]) => [words(name), figureText(name, value)]);
    return rows.length ? facts(rows) : emptyState('No costs are recorded.');
}

function benchmark({ benchmark: other, figures }) {
    if (!other) return emptyState('There is no benchmark in this report.');
    return facts([[other.name ?? 'Benchmark', `${percent(other.return)} return`],
        ['Its drawdown', percent(other.drawdown)],
        ['Its Sharpe ratio', figureText('sharpe', other.sharpe)],
        ['The strategy', `${percent(figures?.annual_return ?? figures?.total_return)} return`]]);
}

function trades(items) {
    const table = new DataTable({
        caption: 'Trades', key: (trade) => `${trade.symbol}/${trade.entry_time}/${trade.exit_time}`, limit: 500,
        empty: emptyState('Nothing was traded.'),
        columns: [
            { title: 'Symbol', width: 8, text: ({ symbol }) => symbol, sort: ({ symbol }) => symbol },
            { title: 'Side', width: 7, wide: true, stamp: ({ side }) => side, node: ({ side }) => sideBadge(side) },
            numberColumn('Quantity', 8, (trade) => trade.quantity, quantity, { wide: true }),
            { title: 'In', width: 10, text: (trade) => date(trade.entry_time), sort: (trade) => trade.entry_time },
            numberColumn('At', 9, (trade) => trade.entry_price, price, { wide: true }),
            { title: 'Out', width: 10, text: (trade) => date(trade.exit_time) },
            numberColumn('At', 9, (trade) => trade.exit_price, price, { wide: true }),
            changeColumn('Profit', 12, (trade) => trade.profit, money),
            changeColumn('Return', 10, (trade) => trade.return, percent),
            numberColumn('Fees', 8, (trade) => trade.fees, money, { wide: true }),
        ],
    });
    table.set(items);
    return table.node;
}

/** Strategies tried on past or simulated bars. */

import { getList } from '../api.js';
import { stateBadge } from '../components/badge.js';
import { momentColumn, numberColumn } from '../components/columns.js';
import { progressBar } from '../components/progress.js';
import { pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { el } from '../elements.js';
import { number, percent, signed } from '../format.js';
import { address } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';

export const title = 'Backtests';

const columns = [
    {
        title: 'Backtest',
        width: 10,
        stamp: ({ id }) => id,
        node: ({ id }) => el('a', { href: address(['backtests', id]), class: 'mono' }, id),
    },
    { title: 'State', width: 12, stamp: ({ state, progress }) => `${state}${progress}`, node: stateCell },
    { title: 'Strategy', width: 14, text: ({ request }) => strategyText(request) },
    { title: 'On', grow: true, wide: true, text: ({ request }) => marketText(request) },
    numberColumn('Return', 9, ({ figures }) => figures?.total_return, (value) => signed(value, percent)),
    numberColumn('Sharpe', 7, ({ figures }) => figures?.sharpe, (value) => number(value, 2)),
    numberColumn('Drawdown', 9, ({ figures }) => figures?.max_drawdown?.depth ?? figures?.max_drawdown, percent,
        { wide: true }),
    numberColumn('Trades', 7, ({ figures }) => figures?.trades?.count ?? figures?.trades, number, { wide: true }),
    momentColumn('Began', ({ started_at: began }) => began, { wide: true }),
];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const table = new DataTable({ caption: 'Backtests', columns, key: ({ id }) => id,
        empty: emptyState('No backtest was run yet.',
            el('a', { href: '#/backtests/new', class: 'inline' }, 'Run one')) });
    const view = resource(scope, (signal) => getList('/backtests', { limit: 100 }, signal), ({ items }) => {
        table.set(items);
        return { node: table.node, update: (answer) => table.set(answer.items) };
    });
    const reload = atMostEvery(scope, 500, view.reload);
    stream.on(scope, 'operations', reload);
    return el('div', { class: 'page' },
        pageHead('Backtests', el('a', { class: 'button primary', href: '#/backtests/new' }, 'New backtest')),
        panel('Backtests', {}, view.node));
}

/**
 * The strategy of a backtest in a few words.
 * @param {any} request
 */
export function strategyText(request = {}) {
    const lengths = request.fast && request.slow ? ` ${request.fast}/${request.slow}` : '';
    return `${request.strategy ?? 'strategy'}${lengths}`;
}

/**
 * What a backtest was run on.
 * @param {any} request
 */
export function marketText(request = {}) {
    const symbols = request.symbols?.length ? request.symbols.join(', ') : 'all symbols';
    const market = request.simulated ? 'simulated market' : symbols;
    return [market, request.from && `from ${request.from}`, request.to && `to ${request.to}`].filter(Boolean).join(' ');
}

function stateCell({ state, progress }) {
    return state === 'running' ? progressBar(progress) : stateBadge(state);
}

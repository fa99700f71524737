/** Positions, orders and fills; placing an order. */

import { askToFlatten, askToReduceOnly } from '../components/control.js';
import { fillColumns, fillKey, orderColumns, positionColumns } from '../components/columns.js';
import { liveList } from '../components/liveList.js';
import { orderForm } from '../components/orderForm.js';
import { button, pageHead, panel, tabs } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { el } from '../elements.js';
import { watch } from '../store.js';
import { oncePerFrame } from '../timing.js';

export const title = 'Orders and positions';

const VIEWS = { open: 'Open orders', done: 'Done orders', fills: 'Fills' };
const DONE = ['filled', 'cancelled', 'rejected', 'expired', 'done'];
const CLOSING = { title: 'Close', width: 7, wide: true, stamp: ({ symbol }) => symbol, node: closeButton };

/** @param {import('../app.js').Page} page */
export function show({ scope, query }) {
    const view = VIEWS[query.get('view')] ? query.get('view') : 'open';
    return el('div', { class: 'page' },
        pageHead('Orders and positions', el('a', { class: 'button primary', href: '#/orders?new=1' }, 'Place an order'),
            button('Reduce only…', askToReduceOnly), button('Flatten everything…', () => askToFlatten(), 'danger')),
        query.get('new') && panel('Place an order', {}, orderForm(scope, query.get('symbol') ?? '')),
        panel('Positions', {}, positions(scope)),
        el('section', { class: 'panel', 'aria-label': VIEWS[view] },
            tabs('Orders', Object.entries(VIEWS).map(([name, text]) => [addressOf(name), text]), addressOf(view)),
            view === 'fills' ? fills(scope) : orders(scope, view)));
}

function addressOf(view) {
    return `#/orders?view=${view}`;
}

function positions(scope) {
    const table = new DataTable({
        caption: 'Positions', columns: [...positionColumns, CLOSING], key: ({ symbol }) => symbol,
        empty: emptyState('No position is held.',
            'Place an order, or wait for a recommendation that passes the risk gate.'),
    });
    let wanted = [];
    const draw = oncePerFrame(scope, () => table.set(wanted));
    watch(scope, 'portfolio', ({ positions: held = [] }) => {
        wanted = held;
        draw();
    });
    return table.node;
}

function closeButton({ symbol }) {
    const node = button('Close…', () => askToFlatten(symbol), 'small');
    node.setAttribute('aria-label', `Close the position in ${symbol}`);
    return node;
}

function orders(scope, state) {
    const isDone = state === 'done';
    const table = new DataTable({
        caption: VIEWS[state], columns: orderColumns, key: ({ id }) => id, limit: 500,
        empty: isDone ? emptyState('No order was finished yet.')
            : emptyState('No order is open.', 'Market orders fill at the next bar.'),
    });
    return liveList(scope, { table, path: '/orders', query: { state }, topic: 'orders', hasOlder: true,
        accepts: (order) => isFinished(order) === isDone || (!isDone && table.element(order.id) !== undefined) }).node;
}

function fills(scope) {
    const table = new DataTable({ caption: 'Fills', columns: fillColumns, key: fillKey, limit: 500,
        empty: emptyState('Nothing was traded yet.') });
    return liveList(scope, { table, path: '/fills', topic: 'fills', hasOlder: true }).node;
}

function isFinished({ state }) {
    return DONE.includes(String(state).toLowerCase());
}

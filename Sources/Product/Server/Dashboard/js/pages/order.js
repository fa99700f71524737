/** One order: what was sent, what the venue said, what it was filled at. */

import { encode, get } from '../api.js';
import { sideBadge, stateBadge } from '../components/badge.js';
import { fillColumns, fillKey, momentColumn } from '../components/columns.js';
import { copyable } from '../components/copy.js';
import { facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { el } from '../elements.js';
import { dateTime, price, quantity, shortHash, words } from '../format.js';
import { address } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';
import { reasonText } from '../wording.js';

export const title = 'Order';

/** @param {import('../app.js').Page} page */
export function show({ scope, params: { id }, setTitle }) {
    setTitle(`Order ${id}`);
    const view = resource(scope, (signal) => get(`/orders/${encode(id)}`, {}, signal), details);
    const reload = atMostEvery(scope, 500, view.reload);
    stream.on(scope, 'orders', (order) => order.id === id && reload());
    return el('div', { class: 'page' }, pageHead(`Order ${id}`, el('a', { href: '#/orders' }, 'All orders')),
        view.node);
}

function details(order) {
    return el('div', { class: 'stack' }, panel('Order', {}, facts([
        ['State', stateBadge(order.state)],
        ['Symbol', el('a', { href: address(['markets', order.symbol]) }, order.symbol)],
        ['Side', sideBadge(order.side)],
        ['Type', words(order.type)],
        ['Quantity', quantity(order.quantity)],
        ['Filled', quantity(order.filled)],
        ['Limit', price(order.limit_price)],
        ['Stop', price(order.stop_price)],
        ['Average price', price(order.average_price)],
        ['Reason', reasonText(order.reason ?? order.origin) || '–'],
        ['Placed', dateTime(order.placed_at)],
        ['Changed', dateTime(order.updated_at)],
        [
            'Decision',
            order.decision ? el('a', { href: address(['decisions', String(order.decision)]) }, `#${order.decision}`)
                : '–',
        ],
        ['Belongs to', order.parent ? el('a', { href: address(['orders', order.parent]) }, order.parent) : undefined],
        ['Trace', order.trace ? copyable(order.trace, 'trace id', shortHash(order.trace)) : '–'],
    ])), panel('What the venue said', {}, reports(order.reports ?? [])), panel('Fills', {}, fills(order.fills ?? [])));
}

function reports(items) {
    const table = new DataTable({
        caption: 'Reports', key: (report) => `${report.sequence}/${report.time}/${report.text}`,
        empty: emptyState('No report yet.'),
        columns: [
            momentColumn('Time', ({ time }) => time),
            {
                title: 'Report',
                width: 10,
                stamp: ({ kind, state }) => kind ?? state,
                node: ({ kind, state }) => stateBadge(kind ?? state),
            },
            { title: 'What', grow: true, isLong: true, text: ({ text }) => text ?? '' },
            { title: 'Record', width: 8, isNumber: true, text: ({ sequence }) => (sequence ? `#${sequence}` : '') },
        ],
    });
    table.set(items);
    return table.node;
}

function fills(items) {
    const table = new DataTable({ caption: 'Fills of this order', columns: fillColumns.slice(0, -1), key: fillKey,
        empty: emptyState('Nothing was filled yet.') });
    table.set(items);
    return table.node;
}

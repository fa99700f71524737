/** Queued work: how much, how old, how fast it goes. */

import { get } from '../api.js';
import { numberColumn } from '../components/columns.js';
import { pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { workflowTabs } from '../components/workflowTabs.js';
import { el } from '../elements.js';
import { number, span } from '../format.js';
import { address } from '../router.js';

export const title = 'Queues';

const REFRESH = 2000;

const columns = [
    {
        title: 'Queue',
        width: 16,
        stamp: ({ name }) => name,
        sort: ({ name }) => name,
        node: ({ name }) => el('a', { href: address(['queues', name]), class: 'symbol' }, name),
    },
    numberColumn('Waiting', 8, ({ messages_available: count }) => count, number),
    numberColumn('In work', 8, ({ messages_in_flight: count }) => count, number, { wide: true }),
    numberColumn('Delayed', 8, ({ messages_delayed: count }) => count, number, { wide: true }),
    numberColumn('Held back', 8, ({ messages_held_back: count }) => count, number, { wide: true }),
    numberColumn('Oldest', 10, ({ oldest_message_age: age }) => age, span, { wide: true }),
    numberColumn('Per minute', 9, ({ processing_rate: rate }) => rate, (rate) => number(rate, 1), { wide: true }),
    numberColumn('Accepted', 9, ({ totals }) => totals?.accepted, number, { wide: true }),
    {
        title: 'Dead letters',
        width: 10,
        isNumber: true,
        stamp: ({ dead_letters: count }) => count,
        sort: ({ dead_letters: count }) => count,
        node: deadLetters,
    },
];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const table = new DataTable({ isDense: true, caption: 'Queues', columns, key: ({ name }) => name,
        empty: emptyState('There is no queue yet.', 'Create one in the terminal: bellwether queue create FILE') });
    const view = resource(scope, (signal) => get('/queues', {}, signal), ({ items, queues }) => {
        table.set(items ?? queues ?? []);
        return { node: table.node, update: (answer) => table.set(answer.items ?? answer.queues ?? []) };
    });
    scope.every(REFRESH, view.reload);
    return el('div', { class: 'page' }, pageHead('Queues'), workflowTabs('#/queues'), panel('Queues', {}, view.node));
}

function deadLetters({ name, dead_letters: count }) {
    if (!count) return el('span', {}, '0');
    return el('a', { href: address(['queues', name, 'dead']), class: 'warn',
        'aria-label': `${count} dead letters of ${name}` }, number(count));
}

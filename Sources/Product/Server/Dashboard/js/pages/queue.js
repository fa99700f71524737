/** One queue's waiting messages. */

import { encode } from '../api.js';
import { stateBadge } from '../components/badge.js';
import { momentColumn } from '../components/columns.js';
import { liveList } from '../components/liveList.js';
import { pageHead, panel } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { el } from '../elements.js';
import { number } from '../format.js';
import { address } from '../router.js';

export const title = 'Queue';

const REFRESH = 3000;

const columns = [
    { title: 'Number', width: 7, isNumber: true, text: (message) => number(message.number) },
    { title: 'Type', width: 12, text: ({ type }) => type },
    { title: 'State', width: 10, stamp: ({ state }) => state, node: ({ state }) => stateBadge(state) },
    { title: 'Priority', width: 8, wide: true, text: ({ priority }) => String(priority) },
    momentColumn('Since', ({ enqueued }) => enqueued),
    { title: 'Tries', width: 6, isNumber: true, text: ({ attempts }) => number(attempts) },
    { title: 'Holds', grow: true, wide: true, text: ({ body }) => body ?? '(not text)' },
];

/** @param {import('../app.js').Page} page */
export function show({ scope, params: { name }, setTitle }) {
    setTitle(`Queue ${name}`);
    const table = new DataTable({ caption: `Messages of ${name}`, columns, key: (message) => message.number, limit: 500,
        empty: emptyState('The queue is empty.', 'What arrives is usually taken within moments.') });
    const list = liveList(scope, { table, path: `/queues/${encode(name)}/messages`, hasOlder: true });
    scope.every(REFRESH, list.reload);
    return el('div', { class: 'page' },
        pageHead(`Queue ${name}`, el('a', { href: address(['queues', name, 'dead']) }, 'Dead letters'),
            el('a', { href: '#/queues' }, 'All queues')),
        panel('Messages', {}, list.node));
}

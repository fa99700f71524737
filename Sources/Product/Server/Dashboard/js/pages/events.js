/** What workflows did, event by event. */

import { momentColumn } from '../components/columns.js';
import { liveList } from '../components/liveList.js';
import { pageHead, panel } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { el } from '../elements.js';
import { words } from '../format.js';
import { address } from '../router.js';

export const title = 'Events';

const columns = [
    momentColumn('Time', ({ time }) => time),
    { title: 'Event', width: 16, text: ({ event }) => words(event) },
    { title: 'Workflow', width: 16, wide: true, text: ({ workflow }) => workflow ?? '' },
    {
        title: 'Run',
        width: 14,
        stamp: ({ run }) => run,
        node: ({ run }) => (run ? el('a', { href: address(['runs', run]), class: 'mono' }, run) : el('span')),
    },
    { title: 'About', width: 14, text: ({ subject }) => subject ?? '' },
    { title: 'Detail', grow: true, wide: true, text: ({ detail }) => (detail ? JSON.stringify(detail) : '') },
];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const table = new DataTable({ caption: 'Events', columns, key: eventKey, limit: 300,
        empty: emptyState('No event yet.', 'Events appear when a workflow runs.') });
    const list = liveList(scope, { table, path: '/events', topic: 'workflows', hasOlder: true });
    return el('div', { class: 'page' }, pageHead('Events'), systemTabs('#/system/events'),
        panel('Newest first', {}, list.node));
}

function eventKey({ run, time, event, subject }) {
    return `${run}/${time}/${event}/${subject}`;
}

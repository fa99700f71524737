/** What workflows did, event by event. */

import { momentColumn } from '../components/columns.js';
import { pageHead, panel } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { tailList } from '../components/tailList.js';
import { el } from '../elements.js';
import { words } from '../format.js';
import { address } from '../router.js';
import { reasonText } from '../wording.js';

export const title = 'Events';

const SHOWN = 300;
const MOST_NAME = 36;

const columns = [
    momentColumn('Time', ({ time }) => time),
    { title: 'Event', width: 16, text: ({ event }) => words(event) },
    { title: 'Workflow', width: 16, wide: true, text: ({ workflow }) => workflow ?? '' },
    {
        title: 'Run',
        width: 14,
        stamp: ({ run }) => run,
        node: ({ run }) => (run ? el('a', { href: address(['runs', run]), class: 'mono', title: run }, shortRun(run))
            : el('span')),
    },
    { title: 'About', width: 14, text: ({ subject }) => subject ?? '' },
    { title: 'Detail', grow: true, wide: true, text: ({ detail }) => reasonText(detail) },
];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const table = new DataTable({ caption: 'Events', columns, key: eventKey, limit: SHOWN,
        empty: emptyState('No event yet.', 'Events appear when a workflow runs.') });
    const list = tailList(scope, { table, path: '/events', topic: 'workflows', limit: SHOWN });
    return el('div', { class: 'page' }, pageHead('Events'), systemTabs('#/system/events'),
        panel('Newest first', {}, list));
}

function shortRun(run) {
    return run.length > MOST_NAME ? `${run.slice(0, MOST_NAME)}…` : run;
}

function eventKey({ run, time, event, subject }) {
    return `${run}/${time}/${event}/${subject}`;
}

/** The workflows that are kept. */

import { getList } from '../api.js';
import { badge, stateBadge } from '../components/badge.js';
import { numberColumn } from '../components/columns.js';
import { pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { workflowTabs } from '../components/workflowTabs.js';
import { el } from '../elements.js';
import { ago, number } from '../format.js';
import { address } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';

export const title = 'Workflows';

const nameOf = ({ workflow_id: id }) => id;

const columns = [
    {
        title: 'Workflow',
        width: 18,
        stamp: nameOf,
        sort: nameOf,
        node: (row) => el('a', { href: address(['workflows', nameOf(row)]), class: 'symbol' }, nameOf(row)),
    },
    { title: 'Description', grow: true, wide: true, text: ({ description }) => description ?? '' },
    { title: 'Last run', width: 14, stamp: (row) => JSON.stringify(row.last_run), node: lastRun },
    numberColumn('Open runs', 6, ({ open_runs: open }) => open, number),
    numberColumn('Steps', 6, ({ steps }) => steps, number, { wide: true }),
    numberColumn('Triggers', 6, ({ triggers }) => (Array.isArray(triggers) ? triggers.length : triggers), number,
        { wide: true }),
    numberColumn('Version', 6, ({ version }) => version, number, { wide: true }),
    {
        title: 'Notes',
        width: 10,
        wide: true,
        stamp: ({ test_mode_only: only, shipped }) => `${only}${shipped}`,
        node: notes,
    },
];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const table = new DataTable({ caption: 'Workflows', columns, key: nameOf,
        empty: emptyState('No workflow is kept yet.',
            el('a', { href: '#/workflows/new', class: 'inline' }, 'Create one from YAML')) });
    const list = resource(scope, (signal) => getList('/workflows', { limit: 500 }, signal), ({ items }) => {
        table.set(items);
        return { node: table.node, update: (answer) => table.set(answer.items) };
    });
    const reload = atMostEvery(scope, 2000, list.reload);
    stream.on(scope, 'workflows', ({ event }) => event.startsWith('workflow_') && reload());
    return el('div', { class: 'page' },
        pageHead('Workflows', el('a', { class: 'button primary', href: '#/workflows/new' }, 'New workflow')),
        workflowTabs('#/workflows'), panel('Kept workflows', {}, list.node));
}

function lastRun({ last_run: run }) {
    return run ? el('span', {}, stateBadge(run.status), ' ',
        el('span', { class: 'quiet' }, ago(run.finished_at ?? run.started_at)))
        : el('span', { class: 'quiet' }, 'never ran');
}

function notes({ test_mode_only: isTestOnly, unknown_types: unknown = [], shipped }) {
    if (isTestOnly) return el('span', { title: `Unknown step types: ${unknown.join(', ')}` },
        badge('test mode only', 'warn'));
    return shipped ? badge('shipped') : el('span');
}

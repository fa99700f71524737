/** What was run and how it ended. */

import { select } from '../components/form.js';
import { liveList } from '../components/liveList.js';
import { pageHead, panel } from '../components/panel.js';
import { runColumns } from '../components/runColumns.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { workflowTabs } from '../components/workflowTabs.js';
import { el } from '../elements.js';
import { address, go } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';

export const title = 'Runs';

const STATES = [['', 'All states'], ...['running', 'waiting', 'completed', 'failed', 'timed_out', 'cancelled']
    .map((state) => [state, state.replace('_', ' ')])];

/** @param {import('../app.js').Page} page */
export function show({ scope, query }) {
    const workflow = query.get('workflow') ?? '';
    const status = query.get('status') ?? '';
    const state = select('status', STATES, status);
    state.setAttribute('aria-label', 'State');
    state.addEventListener('change', () => go(address(['runs'], { workflow, status: state.value })));
    return el('div', { class: 'page' }, pageHead('Runs'), workflowTabs('#/runs'),
        panel(workflow ? `Runs of ${workflow}` : 'Runs',
            { actions: workflow && el('a', { href: '#/runs' }, 'Of all workflows') },
            el('div', { class: 'filter' }, state), list(scope, { workflow, status })));
}

function list(scope, query) {
    const table = new DataTable({ caption: 'Runs', columns: runColumns, key: ({ execution_id: id }) => id, limit: 500,
        empty: emptyState('No run fits.', 'Open a workflow and run it in test mode.') });
    const view = liveList(scope, { table, path: '/runs', query, hasOlder: true });
    const reload = atMostEvery(scope, 1500, view.reload);
    stream.on(scope, 'workflows', reload);
    return view.node;
}

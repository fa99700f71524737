/** Browsers that are signed in. */

import { encode, getList, remove } from '../api.js';
import { el } from '../elements.js';
import { ago } from '../format.js';
import { momentColumn } from './columns.js';
import { ask } from './dialog.js';
import { button } from './panel.js';
import { resource } from './resource.js';
import { emptyState } from './states.js';
import { DataTable } from './table.js';

/**
 * The list, with a button that ends each.
 * @param {import('../scope.js').Scope} scope
 */
export function sessionList(scope) {
    const load = (signal) => getList('/sessions', {}, signal);
    const view = resource(scope, load, ({ items }) => sessionTable(items, () => view.reload()));
    return view.node;
}

function sessionTable(sessions, reload) {
    const table = new DataTable({ isDense: true,
        caption: 'Browser sessions', key: ({ id }) => id, empty: emptyState('No browser is signed in.'),
        columns: [
            { title: 'Who', grow: true, text: ({ name }) => name },
            { title: 'Role', width: 10, text: ({ role }) => role },
            { title: 'Last seen', width: 14, text: ({ last_seen_at: seen }) => ago(seen) },
            momentColumn('Ends', ({ expires_at: expires }) => expires, { wide: true }),
            { title: 'End', width: 10, stamp: ({ id }) => id, node: (session) => endButton(session, reload) },
        ],
    });
    table.set(sessions);
    return table.node;
}

function endButton(session, reload) {
    const node = button('End…', async () => {
        const done = await ask({
            title: `End the session of ${session.name}?`, action: 'End the session', tone: 'danger',
            text: el('p', {}, 'That browser must sign in again. It may be this one.'),
            run: () => remove(`/sessions/${encode(session.id)}`),
        });
        if (done) reload();
    }, 'small');
    node.setAttribute('aria-label', `End the session of ${session.name}`);
    return node;
}

/** Who called what: every write and every refusal. */

import { stateBadge } from '../components/badge.js';
import { momentColumn } from '../components/columns.js';
import { copyable } from '../components/copy.js';
import { liveList } from '../components/liveList.js';
import { pageHead, panel } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { el } from '../elements.js';
import { words } from '../format.js';
import { reasonText } from '../wording.js';

export const title = 'Access log';

const columns = [
    momentColumn('Time', ({ time }) => time),
    { title: 'Caller', width: 14, text: ({ caller, face }) => `${caller} (${words(face)})` },
    { title: 'Call', width: 16, text: ({ command }) => command },
    {
        title: 'Outcome',
        width: 11,
        stamp: ({ outcome }) => outcome,
        node: ({ outcome }) => stateBadge(outcome),
    },
    {
        title: 'With',
        grow: true,
        wide: true,
        text: ({ code, arguments: given }) => [code, reasonText(parsed(given))].filter(Boolean).join(': '),
    },
    {
        title: 'Trace',
        width: 12,
        wide: true,
        stamp: ({ trace }) => trace,
        node: ({ trace }) => (trace ? copyable(trace, 'trace id', trace.slice(0, 8)) : el('span')),
    },
];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const table = new DataTable({ caption: 'Access log', columns,
        key: ({ sequence }) => sequence,
        limit: 1000, empty: emptyState('Nobody has changed anything yet, and nobody was refused.') });
    return el('div', { class: 'page' }, pageHead('Access log'), systemTabs('#/system/access'),
        panel('Newest first', {}, liveList(scope, { table, path: '/access-log', hasOlder: true }).node));
}

function parsed(text) {
    try {
        return JSON.parse(text);
    } catch {
        return text;
    }
}

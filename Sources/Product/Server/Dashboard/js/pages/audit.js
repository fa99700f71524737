/** The record of everything, each entry with the hash of the one before. */

import { getList } from '../api.js';
import { momentColumn } from '../components/columns.js';
import { copyable } from '../components/copy.js';
import { input, select } from '../components/form.js';
import { jsonBlock } from '../components/json.js';
import { liveList } from '../components/liveList.js';
import { openDialog } from '../components/dialog.js';
import { button, facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { verifyButton } from '../components/verify.js';
import { el } from '../elements.js';
import { dateTime, shortHash } from '../format.js';
import { address, go } from '../router.js';
import { Scope } from '../scope.js';
import { reasonText } from '../wording.js';

export const title = 'Audit record';

const KINDS = [
    'run', 'history', 'headlines', 'slice', 'day', 'node', 'decision', 'report', 'charge', 'control', 'summary',
];

const columns = [
    { title: 'Number', width: 8, isNumber: true, text: ({ sequence }) => `#${sequence}` },
    momentColumn('Time', ({ time }) => time),
    { title: 'Kind', width: 12, text: ({ kind }) => kind },
    { title: 'Summary', grow: true, isLong: true, text: ({ summary }) => reasonText(summary).replaceAll('_', ' ') },
    {
        title: 'Hash',
        width: 14,
        wide: true,
        stamp: ({ hash }) => hash,
        node: ({ hash }) => el('code', {}, shortHash(hash)),
    },
    { title: 'Record', width: 8, stamp: ({ sequence }) => sequence, node: (record) => openButton(record) },
];

/** @param {import('../app.js').Page} page */
export function show({ scope, query }) {
    const filter = { kind: query.get('kind') ?? '', subject: query.get('subject') ?? '' };
    const table = new DataTable({ caption: 'Audit record', columns, key: ({ sequence }) => sequence, limit: 1000,
        empty: emptyState('No record fits.') });
    return el('div', { class: 'page' }, pageHead('Audit record', verifyButton()), systemTabs('#/system/audit'),
        panel('Newest first', {}, filterForm(filter),
            liveList(scope, { table, path: '/audit', query: { ...filter, bodies: false }, hasOlder: true }).node));
}

function filterForm(filter) {
    const apply = () => go(address(['system', 'audit'], { kind: kind.value, subject: subject.value.trim() }));
    const kind = select('kind', [['', 'All kinds'], ...KINDS.map((name) => [name, name])], filter.kind);
    kind.setAttribute('aria-label', 'Kind');
    kind.addEventListener('change', apply);
    const subject = input('subject', { type: 'search', value: filter.subject, placeholder: 'An order, a run…',
        'aria-label': 'About', on: { change: apply } });
    return el('div', { class: 'filter' }, kind, subject);
}

/** What records hold is large: it is asked for one by one. */
function openButton(record) {
    const node = button('Open', () => openRecord(record), 'small');
    node.setAttribute('aria-label', `Open record ${record.sequence}`);
    return node;
}

function openRecord(record) {
    const scope = new Scope();
    const load = (signal) => getList('/audit', { from: record.sequence, limit: 1 }, signal);
    const body = resource(scope, load, ({ items: [found] }) => jsonBlock(found?.body ?? null)).node;
    const dialog = openDialog({ title: `Record #${record.sequence}`, wide: true,
        body: el('div', { class: 'stack' }, el('p', {}, record.summary), recordFacts(record), body) });
    dialog.addEventListener('close', () => scope.end());
}

function recordFacts({ kind, time, subjects = [], hash, trace }) {
    return facts([
        ['Kind', kind],
        ['Time', dateTime(time)],
        ['About', subjects.join(', ') || '–'],
        ['Hash', copyable(hash, 'hash', shortHash(hash))],
        ['Trace', trace ? copyable(trace, 'trace id', shortHash(trace)) : '–'],
    ]);
}

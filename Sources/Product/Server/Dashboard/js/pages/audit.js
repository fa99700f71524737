/** The record of everything, each entry with the hash of the one before. */

import { momentColumn } from '../components/columns.js';
import { copyable } from '../components/copy.js';
import { input } from '../components/form.js';
import { jsonBlock } from '../components/json.js';
import { liveList } from '../components/liveList.js';
import { openDialog } from '../components/dialog.js';
import { button, facts, pageHead, panel } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { verifyButton } from '../components/verify.js';
import { el } from '../elements.js';
import { dateTime, shortHash } from '../format.js';
import { address, go } from '../router.js';

export const title = 'Audit record';

const columns = [
    { title: 'Number', width: 8, isNumber: true, text: ({ sequence }) => `#${sequence}` },
    momentColumn('Time', ({ time }) => time),
    { title: 'Kind', width: 12, text: ({ kind }) => kind },
    { title: 'About', width: 12, wide: true, text: ({ subject }) => subject ?? '' },
    { title: 'Summary', grow: true, wide: true, text: (record) => record.summary ?? bodyText(record.body) },
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
            liveList(scope, { table, path: '/audit', query: filter, hasOlder: true }).node));
}

function filterForm(filter) {
    const apply = () => go(address(['system', 'audit'], { kind: kind.value.trim(), subject: subject.value.trim() }));
    const kind = input('kind', { type: 'search', value: filter.kind, placeholder: 'Kind', 'aria-label': 'Kind',
        on: { change: apply } });
    const subject = input('subject', { type: 'search', value: filter.subject, placeholder: 'About',
        'aria-label': 'About', on: { change: apply } });
    return el('div', { class: 'filter' }, kind, subject);
}

function openButton(record) {
    const node = button('Open', () => openDialog({
        title: `Record #${record.sequence}`, wide: true,
        body: el('div', { class: 'stack' },
            facts([['Kind', record.kind], ['Time', dateTime(record.time)], ['About', record.subject ?? '–'],
            ['Hash', copyable(record.hash, 'hash', shortHash(record.hash))],
            [
                'Hash before',
                record.previous ? copyable(record.previous, 'hash before', shortHash(record.previous)) : '–',
            ]]), jsonBlock(record.body)),
    }), 'small');
    node.setAttribute('aria-label', `Open record ${record.sequence}`);
    return node;
}

function bodyText(body) {
    return (typeof body === 'string' ? body : JSON.stringify(body ?? '')).slice(0, 300);
}

/** Whether everything works: components, resources, version. */

import { get } from '../api.js';
import { stateBadge } from '../components/badge.js';
import { momentColumn } from '../components/columns.js';
import { copyable } from '../components/copy.js';
import { facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { el, replace } from '../elements.js';
import { bytes, dateTime, number, percent, shortHash, span, words } from '../format.js';
import { read } from '../store.js';

export const title = 'System';

const REFRESH = 5000;

const columns = [
    { title: 'Component', width: 18, text: ({ name }) => words(name), sort: ({ name }) => name },
    {
        title: 'State',
        width: 11,
        stamp: ({ status }) => status,
        node: ({ status }) => stateBadge(status),
        sort: ({ status }) => status,
    },
    {
        title: 'Answers in',
        width: 9,
        isNumber: true,
        wide: true,
        text: ({ latency_ms: latency }) => span(latency === undefined || latency === null ? null : latency / 1000),
    },
    { title: 'Detail', grow: true, text: ({ detail }) => detail ?? '' },
    momentColumn('Checked', ({ checked_at: checked }) => checked, { wide: true }),
];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const view = resource(scope, (signal) => get('/health', {}, signal), healthView);
    scope.every(REFRESH, view.reload);
    return el('div', { class: 'page' }, pageHead('System'), systemTabs('#/system'), view.node);
}

function healthView(health) {
    const table = new DataTable({ isDense: true, caption: 'Components', columns, key: ({ name }) => name,
        empty: emptyState('The server named no component.') });
    const state = el('span');
    const resources = el('div');
    const process = el('div');
    const update = (now) => {
        replace(state, stateBadge(now.status));
        table.set(now.components ?? []);
        replace(resources, resourceFacts(now.resources ?? {}));
        replace(process, processFacts(now));
    };
    update(health);
    return { update, node: el('div', { class: 'stack' }, panel('Components', { actions: state }, table.node),
        el('div', { class: 'columns' }, panel('Resources', {}, resources), panel('Process', {}, process))) };
}

function resourceFacts(resources) {
    return facts([
        ['Memory', bytes(resources.memory_bytes)],
        ['Processor', percent(resources.cpu_share, 1)],
        ['Free on disk', bytes(resources.disk_free_bytes)],
        ['Open files', number(resources.open_files)],
        ['Clients', number(resources.clients)],
    ]);
}

function processFacts({ version }) {
    const status = read('status') ?? {};
    return facts([
        ['Version', version ?? status.version ?? '–'],
        ['Process', status.process ? String(status.process) : '–'],
        ['Run', status.run ?? '–'],
        ['Started', dateTime(status.started_at)],
        ['Running for', span(status.uptime_seconds)],
        ['Bars', number(status.bars)],
        ['Audit record', auditHead(status.audit_head)],
    ]);
}

function auditHead(head) {
    if (!head?.hash) return '–';
    return copyable(head.hash, 'hash of the last record', `#${head.sequence} ${shortHash(head.hash)}`);
}

/** One run: where its tasks stand, what they put out, what failed, what asks a person. */

import { encode, get, post } from '../api.js';
import { approvals } from '../components/approvals.js';
import { badge, stateBadge } from '../components/badge.js';
import { copyable } from '../components/copy.js';
import { ask } from '../components/dialog.js';
import { jsonBlock } from '../components/json.js';
import { liveGraph } from '../components/liveGraph.js';
import { button, facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { runState, shortRunName } from '../components/runColumns.js';
import { taskList } from '../components/taskList.js';
import { toast } from '../components/toast.js';
import { el, replace } from '../elements.js';
import { counted, dateTime, number, shortHash, span } from '../format.js';
import { address } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';
import { reasonText } from '../wording.js';

export const title = 'Run';

const OPEN = ['running', 'waiting', 'queued', 'stopping', 'pending'];

/** @param {import('../app.js').Page} page */
export function show({ scope, params: { id }, setTitle }) {
    setTitle(`Run ${id}`);
    const actions = el('span', { class: 'row' });
    const tasks = taskList();
    const view = resource(scope, (signal) => get(`/runs/${encode(id)}`, {}, signal),
        (run) => runView(scope, run, { actions, tasks, reload }));
    const reload = atMostEvery(scope, 500, view.reload);
    stream.on(scope, 'workflows', (event) => event.run === id && reload());
    return el('div', { class: 'page' },
        pageHead(`Run ${shortRunName(id.split('/').slice(-2).join('/'))}`, actions,
            el('a', { href: '#/runs' }, 'All runs')),
        view.node);
}

function runView(scope, run, { actions, tasks, reload }) {
    const summary = el('div');
    const asked = el('div');
    const failures = el('div');
    const update = (now) => {
        replace(actions, OPEN.includes(now.status) && button('Cancel…', () => askToCancel(now, reload), 'danger'));
        replace(summary, summaryOf(now));
        replace(failures, failuresOf(now));
        if (approvalKey(now) !== asked.dataset.key) replace(asked, approvals(now, reload));
        asked.dataset.key = approvalKey(now);
        tasks.update(now.tasks ?? []);
    };
    update(run);
    const node = el('div', { class: 'stack' }, asked, failures, panel('Run', {}, summary),
        panel('Graph', {}, liveGraph(scope, run.workflow_id, run.execution_id, tasks.open)),
        panel('Tasks', {}, tasks.node), panel('Input', {}, jsonBlock(run.input ?? {})),
        panel('History', {}, history(scope, run)));
    return { node, update };
}

function summaryOf(run) {
    return facts([
        ['State', stateBadge(runState(run))],
        ['Mode', run.test_mode ? badge('TEST', 'accent') : badge('real')],
        ['Run', copyable(run.execution_id, 'the name of the run', shortRunName(run.execution_id))],
        ['Workflow', el('a', { href: address(['workflows', run.workflow_id]) }, run.workflow_id ?? '–')],
        ['Version', number(run.version)],
        ['Cause', reasonText(run.trigger) || 'started by hand'],
        ['Began', dateTime(run.started_at)],
        ['Ended', dateTime(run.finished_at)],
        ['Took', span(run.duration)],
        ['Reason', run.reason ? reasonText(run.reason) : undefined],
        ['Trace', run.trace ? copyable(run.trace, 'trace id', shortHash(run.trace)) : undefined],
    ]);
}

function failuresOf({ errors = [] }) {
    return errors.length > 0 && panel('What failed', { class: 'alarm' },
        el('ul', { class: 'plain-list' }, errors.map((failure) => el('li', {}, el('strong', {}, failure.step), ' ',
            failure.attempts && `after ${counted(failure.attempts, 'try', 'tries')} `,
            failure.code && el('code', {}, failure.code), ' ', failureText(failure)))));
}

function failureText({ error, because }) {
    return error ?? (because ? `was not done because of ${because}` : '');
}

function approvalKey({ approvals: items = [], status }) {
    return JSON.stringify([items.map(({ step }) => step), status]);
}

/** Loaded when it is opened. */
function history(scope, run) {
    const node = el('details', {}, el('summary', {}, 'Every event of this run'));
    const load = (signal) => get(`/runs/${encode(run.execution_id)}/history`, {}, signal);
    node.addEventListener('toggle', () => node.append(resource(scope, load, historyList).node), { once: true });
    return node;
}

function historyList({ events = [] }) {
    return el('ol', { class: 'plain-list mono small' }, events.map(({ timestamp, event, subject, detail }) =>
        el('li', {}, `${dateTime(timestamp)}  ${event}  ${subject ?? ''} ${reasonText(detail)}`)));
}

async function askToCancel(run, reload) {
    const answer = await ask({
        title: 'Cancel this run?', action: 'Cancel the run', tone: 'danger',
        reason: { label: 'Reason, for the record' },
        text: el('p', {}, 'Tasks that are running are given up. What was done is undone where the workflow says how.'),
        run: (reason) => post(`/runs/${encode(run.execution_id)}/cancel`, { reason }),
    });
    if (answer) toast('The run is being cancelled.', 'up');
    reload();
}

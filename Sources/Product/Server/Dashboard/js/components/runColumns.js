/** The columns of runs. */

import { el } from '../elements.js';
import { span } from '../format.js';
import { address } from '../router.js';
import { badge, stateBadge } from './badge.js';
import { momentColumn } from './columns.js';
import { reasonText } from '../wording.js';

const MOST_NAME = 22;
const runName = ({ execution_id: id }) => id;
const workflowName = ({ workflow_id: id }) => id;

/** A run's name without its workflow's, which stands beside it; the middle of what is very long is left out. */
function shortName(run) {
    const name = runName(run);
    return shortRunName(name.startsWith(`${workflowName(run)}/`) ? name.slice(workflowName(run).length + 1) : name);
}

/** @param {string} own A run's name without the middle of what is very long. */
export function shortRunName(own) {
    return own.length > MOST_NAME ? `${own.slice(0, MOST_NAME - 9)}…${own.slice(-8)}` : own;
}

/** @type {import('./table.js').Column[]} */
export const runColumns = [
    {
        title: 'Run',
        width: 16,
        stamp: runName,
        node: (run) => el('a', { href: address(['runs', runName(run)]), class: 'mono', title: runName(run) },
            shortName(run)),
    },
    { title: 'Workflow', width: 16, wide: true, stamp: workflowName, sort: workflowName,
        node: (run) => el('a', { href: address(['workflows', workflowName(run)]) }, workflowName(run)) },
    {
        title: 'State',
        width: 12,
        stamp: runState,
        node: (run) => stateBadge(runState(run)),
        sort: runState,
    },
    {
        title: 'Mode',
        width: 6,
        stamp: ({ test_mode: isTest }) => isTest,
        node: ({ test_mode: isTest }) => (isTest ? badge('TEST', 'accent') : badge('real')),
    },
    { title: 'Tasks', width: 6, isNumber: true, wide: true, text: tasksText },
    momentColumn('Began', ({ started_at: began }) => began),
    {
        title: 'Took',
        width: 9,
        isNumber: true,
        text: ({ duration }) => span(duration),
        sort: ({ duration }) => duration,
    },
    { title: 'Cause', grow: true, wide: true, text: ({ reason, trigger }) => reasonText(reason ?? trigger) },
];

/**
 * A run's state; one that asks a person waits.
 * @param {any} run
 */
export function runState({ status, waits_for_person: waits, approvals = [] }) {
    return waits || (approvals.length > 0 && status === 'running') ? 'waiting' : status;
}

function tasksText({ tasks_done: done, tasks_total: total }) {
    return total === undefined || total === null ? '' : `${done ?? 0}/${total}`;
}

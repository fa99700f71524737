/** The columns of runs. */

import { el } from '../elements.js';
import { span } from '../format.js';
import { address } from '../router.js';
import { badge, stateBadge } from './badge.js';
import { momentColumn, reasonText } from './columns.js';

const runName = ({ execution_id: id }) => id;
const workflowName = ({ workflow_id: id }) => id;

/** @type {import('./table.js').Column[]} */
export const runColumns = [
    {
        title: 'Run',
        width: 16,
        stamp: runName,
        node: (run) => el('a', { href: address(['runs', runName(run)]), class: 'mono' }, runName(run)),
    },
    { title: 'Workflow', width: 16, stamp: workflowName, sort: workflowName,
        node: (run) => el('a', { href: address(['workflows', workflowName(run)]) }, workflowName(run)) },
    {
        title: 'State',
        width: 12,
        stamp: ({ status }) => status,
        node: ({ status }) => stateBadge(status),
        sort: ({ status }) => status,
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

function tasksText({ tasks_done: done, tasks_total: total }) {
    return total === undefined || total === null ? '' : `${done ?? 0}/${total}`;
}

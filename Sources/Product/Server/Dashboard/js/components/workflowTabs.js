/** The pages that belong to workflows. */

import { tabs } from './panel.js';

const LINKS = [['#/workflows', 'Workflows'], ['#/runs', 'Runs'], ['#/triggers', 'Triggers'], ['#/queues', 'Queues']];

/** @param {string} current */
export function workflowTabs(current) {
    return tabs('Workflow pages', LINKS, current);
}

/** What starts workflows, and why it did not. */

import { getList } from '../api.js';
import { pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { triggerTable } from '../components/triggerTable.js';
import { workflowTabs } from '../components/workflowTabs.js';
import { el } from '../elements.js';

export const title = 'Triggers';

const REFRESH = 5000;

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const view = resource(scope, (signal) => getList('/triggers', { limit: 500 }, signal),
        ({ items }) => triggerTable(scope, items, null));
    scope.every(REFRESH, view.reload);
    return el('div', { class: 'page' }, pageHead('Triggers'), workflowTabs('#/triggers'),
        panel('Triggers', {}, view.node));
}

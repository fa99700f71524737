/** What waits for its second step. */

import { getList } from '../api.js';
import { confirm, dismiss } from '../components/confirmation.js';
import { button, facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { settingsTabs } from '../components/settingsTabs.js';
import { emptyState } from '../components/states.js';
import { el } from '../elements.js';
import { dateTime } from '../format.js';

export const title = 'Confirmations';

const REFRESH = 5000;

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const view = resource(scope, (signal) => getList('/confirmations', {}, signal),
        ({ items }) => list(items, () => view.reload()));
    scope.every(REFRESH, view.reload);
    return el('div', { class: 'page' }, pageHead('Settings'), settingsTabs('#/settings/confirmations'),
        panel('Waiting for a second step', {}, view.node));
}

function list(items, reload) {
    if (!items.length) return emptyState('Nothing waits to be confirmed.',
        'Loosening a risk limit and live trading ask for a second step here.');
    return el('ul', { class: 'letters' }, items.map((item) => el('li', { class: 'letter' },
        el('p', {}, el('strong', {}, typeof item.what === 'string' ? item.what : JSON.stringify(item.what))),
        facts([['Why', item.why ?? '–'], ['Asked by', item.asked_by ?? '–'], ['Asked', dateTime(item.asked_at)],
            ['Expires', dateTime(item.expires_at)]]),
        el('div', { class: 'row' }, button('Confirm…', () => confirm(item).then(reload), 'primary'),
            button('Dismiss…', () => dismiss(item).then(reload))))));
}

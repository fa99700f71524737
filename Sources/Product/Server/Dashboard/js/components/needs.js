/** What waits for a person, each with the place where it is dealt with. */

import { el, replace } from '../elements.js';
import { ago, shortTime } from '../format.js';
import { address } from '../router.js';
import { watch } from '../store.js';
import { badge } from './badge.js';
import { panel } from './panel.js';
import { emptyState, skeleton } from './states.js';
import { reasonText } from '../wording.js';

const KINDS = {
    approval: ['approval', 'accent'],
    dead_letters: ['dead letters', 'warn'],
    halt: ['halt', 'down'],
    confirmation: ['confirmation', 'accent'],
    failed_run: ['failed run', 'down'],
    unreadable_run: ['unreadable run', 'down'],
};

/** @param {import('../scope.js').Scope} scope */
export function needsPerson(scope) {
    const place = el('div', { 'aria-live': 'polite' }, skeleton(3));
    let shown = '';
    watch(scope, 'status', ({ needs_person: items = [] }) => {
        const key = JSON.stringify(items);
        if (key === shown) return;
        shown = key;
        replace(place, items.length ? el('ul', { class: 'needs' }, items.map(entry))
            : emptyState('Nothing waits for you.'));
    });
    return panel('Needs a person', { class: 'is-first' }, place);
}

function entry(item) {
    const [name, tone] = KINDS[item.kind] ?? [item.kind, ''];
    return el('li', {}, el('a', { href: linkOf(item) }, badge(name, tone),
        el('span', { class: 'needs-text' }, reasonText(item.text)),
        item.since && el('span', { class: 'quiet' }, sinceText(item))));
}

/** A halt began in the market's time, which may be far from the wall's; all else waits here and now. */
function sinceText({ kind, since }) {
    return kind === 'halt' ? shortTime(since) : ago(since);
}

/** Only places of this page are gone to, whatever the answer says. */
function linkOf({ kind, link, id }) {
    if (typeof link === 'string' && /^\/?#\//.test(link)) return link.replace(/^\//, '');
    if (kind === 'dead_letters') return id ? address(['queues', id, 'dead']) : '#/queues';
    if (kind === 'confirmation') return '#/settings/confirmations';
    if (kind === 'halt') return '#/overview';
    return id ? address(['runs', id]) : '#/runs';
}

/** The pages: at the left on wide screens, at the bottom on phones. */

import { el, replace, setAttribute, setText } from '../elements.js';
import { Scope } from '../scope.js';
import { watch } from '../store.js';
import { openDialog } from './dialog.js';
import { icon } from './icon.js';

/** Name, title, key after `g`, first parts of the addresses that belong to it. */
const PAGES = [
    ['overview', 'Overview', 'o', ['overview']],
    ['markets', 'Markets', 'm', ['markets']],
    ['orders', 'Orders', 'r', ['orders']],
    ['decisions', 'Decisions', 'd', ['decisions']],
    ['workflows', 'Workflows', 'w', ['workflows', 'runs', 'triggers', 'queues']],
    ['backtests', 'Backtests', 'b', ['backtests']],
    ['system', 'System', 's', ['system']],
    ['settings', 'Settings', 'e', ['settings']],
];
const ON_PHONES = 4;

const links = new Map();
/** Leads to the pages that phones have no room for. */
const more = el('button', { type: 'button', class: 'navigation-link more', on: { click: showMore } }, icon('more'),
    'More');

/** @param {Element} place */
export function mountNavigation(place) {
    replace(place, PAGES.map(([name, title, key], index) => link(name, title, key, index >= ON_PHONES)),
        more);
    const count = el('span', { class: 'count', hidden: true });
    links.get('overview').append(count);
    watch(new Scope(), 'status', (status) => showCount(count, status.needs_person?.length ?? 0));
}

/** @param {string} hash Marks the page that the address belongs to. */
export function markNavigation(hash) {
    const first = hash.replace(/^#\/?/, '').split(/[/?]/)[0] || 'overview';
    for (const [name, , , parts] of PAGES) {
        setAttribute(links.get(name), 'aria-current', parts.includes(first) ? 'page' : null);
    }
    const isLess = PAGES.slice(ON_PHONES).some(([, , , parts]) => parts.includes(first));
    setAttribute(more, 'aria-current', isLess ? 'page' : null);
}

function link(name, title, key, isLess) {
    const node = el('a', { class: `navigation-link ${isLess ? 'less' : ''}`, href: `#/${name}`,
        'aria-keyshortcuts': `g ${key}` },
        icon(name), el('span', {}, title));
    links.set(name, node);
    return node;
}

function showCount(node, count) {
    node.hidden = count === 0;
    setText(node, String(count));
    setAttribute(node, 'aria-label', `${count} waiting for a person`);
}

function showMore() {
    const dialog = openDialog({
        title: 'Pages',
        body: el('div', { class: 'more-pages' }, PAGES.slice(ON_PHONES).map(([name, title]) =>
            el('a', { class: 'navigation-link', href: `#/${name}`, on: { click: () => dialog.close() } }, icon(name),
                title))),
    });
}

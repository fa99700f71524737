/** Keys. None of them acts while somebody types or a dialog is open. */

import { openDialog } from './components/dialog.js';
import { askToHalt } from './components/control.js';
import { focusSearch } from './components/search.js';
import { el } from './elements.js';
import { go } from './router.js';

const PLACES = {
    o: ['overview', 'Overview'],
    m: ['markets', 'Markets'],
    d: ['decisions', 'Decisions'],
    r: ['orders', 'Orders and positions'],
    w: ['workflows', 'Workflows'],
    b: ['backtests', 'Backtests'],
    s: ['system', 'System'],
    l: ['system/log', 'Log'],
    e: ['settings', 'Settings'],
};
const ACTIONS = {
    h: [askToHalt, 'Halt trading; Enter confirms'],
    '/': [focusSearch, 'Search for a symbol, a page, an order or a run'],
    n: [() => go('#/orders?new=1'), 'Place an order'],
    '?': [showHelp, 'This help'],
};
const WAIT = 1500;

let prefixUntil = 0;

/** Begins to listen. */
export function startShortcuts() {
    document.addEventListener('keydown', press);
}

function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
    const wasPrefixed = performance.now() < prefixUntil;
    prefixUntil = event.key === 'g' ? performance.now() + WAIT : 0;
    const place = wasPrefixed && PLACES[event.key];
    const action = !wasPrefixed && ACTIONS[event.key];
    if (!place && !action) return;
    event.preventDefault();
    if (place) go(`#/${place[0]}`);
    else action[0]();
}

function isBusy(target) {
    return document.querySelector('dialog[open]') !== null
        || (target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null);
}

/** Shows which keys there are. */
function showHelp() {
    const list = (entries) => el('dl', { class: 'keys' }, entries.map(([keys, text]) => [
        el('dt', {}, keys.map((key) => el('kbd', {}, key))), el('dd', {}, text),
    ]));
    openDialog({
        title: 'Keyboard',
        body: [
            list(Object.entries(ACTIONS).map(([key, [, text]]) => [[key], text])),
            el('h3', {}, 'Go to'),
            list(Object.entries(PLACES).map(([key, [, text]]) => [['g', key], text])),
        ],
    });
}

/** One field that finds symbols, pages and what has a name. */

import { el, replace, setAttribute } from '../elements.js';
import { address, go } from '../router.js';
import { read } from '../store.js';
import { icon } from './icon.js';

const MOST = 8;
const PAGES = [
    ['Overview', '#/overview'], ['Markets', '#/markets'], ['Orders', '#/orders'], ['Place an order', '#/orders?new=1'],
    ['Fills', '#/orders?view=fills'], ['Decisions', '#/decisions'], ['Workflows', '#/workflows'],
    ['New workflow', '#/workflows/new'], ['Runs', '#/runs'], ['Triggers', '#/triggers'], ['Queues', '#/queues'],
    ['Backtests', '#/backtests'], ['New backtest', '#/backtests/new'], ['System', '#/system'], ['Log', '#/system/log'],
    ['Events', '#/system/events'], ['Statistics', '#/system/statistics'], ['Audit record', '#/system/audit'],
    ['API keys', '#/system/keys'], ['Access log', '#/system/access'], ['Risk limits', '#/settings'],
    ['Confirmations', '#/settings/confirmations'], ['Appearance', '#/settings/appearance'],
];

let input = null;

/** @param {Element} place */
export function mountSearch(place) {
    const list = el('ul', { class: 'search-list', role: 'listbox', id: 'search-list', 'aria-label': 'Found',
        hidden: true });
    input = el('input', {
        class: 'search-input', type: 'search', role: 'combobox', 'aria-label': 'Search', 'aria-controls': 'search-list',
        'aria-expanded': 'false', 'aria-autocomplete': 'list', 'aria-keyshortcuts': '/',
            placeholder: 'Symbol, page, order, run…',
        autocomplete: 'off', spellcheck: 'false', maxlength: 80,
    });
    const box = new SearchBox(input, list);
    input.addEventListener('input', () => box.find());
    input.addEventListener('keydown', (event) => box.press(event));
    input.addEventListener('blur', () => box.close());
    replace(place, el('div', { class: 'search' }, icon('search'), input, el('kbd', { 'aria-hidden': 'true' }, '/'),
        list));
}

/** Puts the cursor into the field. */
export function focusSearch() {
    input.focus();
    input.select();
}

class SearchBox {
    #input;
    #list;
    #found = [];
    #chosen = 0;

    constructor(input, list) {
        this.#input = input;
        this.#list = list;
    }

    find() {
        this.#found = results(this.#input.value.trim());
        this.#chosen = 0;
        this.#show();
    }

    press(event) {
        if (event.key === 'Escape') this.close(true);
        else if (event.key === 'ArrowDown') this.#move(event, 1);
        else if (event.key === 'ArrowUp') this.#move(event, -1);
        else if (event.key === 'Enter') this.#open(this.#found[this.#chosen]);
    }

    close(isDone = false) {
        this.#found = [];
        this.#show();
        if (!isDone) return;
        this.#input.value = '';
        this.#input.blur();
    }

    #move(event, step) {
        event.preventDefault();
        const count = this.#found.length;
        if (!count) return;
        this.#chosen = (this.#chosen + step + count) % count;
        this.#show();
    }

    #open(result) {
        if (!result) return;
        this.close(true);
        go(result[1]);
    }

    #show() {
        this.#list.hidden = this.#found.length === 0;
        setAttribute(this.#input, 'aria-expanded', String(this.#found.length > 0));
        setAttribute(this.#input, 'aria-activedescendant', this.#found.length ? `search-${this.#chosen}` : null);
        replace(this.#list, this.#found.map((result, place) => el('li', {
            id: `search-${place}`, role: 'option', 'aria-selected': String(place === this.#chosen),
            on: { mousedown: (event) => { event.preventDefault(); this.#open(result); } },
        }, el('span', {}, result[0]), el('span', { class: 'quiet' }, result[2]))));
    }
}

/** @returns {[name: string, target: string, kind: string][]} */
function results(text) {
    if (!text) return [];
    const wanted = text.toLowerCase();
    const symbols = (read('instruments')?.items ?? [])
        .filter(({ symbol, name }) => symbol.toLowerCase().startsWith(wanted) || name?.toLowerCase().includes(wanted))
        .map(({ symbol, name }) => [symbol, address(['markets', symbol]), name ?? 'market']);
    const pages = PAGES.filter(([name]) => name.toLowerCase().includes(wanted))
        .map(([name, target]) => [name, target, 'page']);
    return [...symbols, ...pages, ...byName(text)].slice(0, MOST);
}

/** What the text may be the name of; the page says so where it is not. */
function byName(text) {
    const decision = /^\d+$/.test(text) ? [[`Decision ${text}`, address(['decisions', text]), 'by sequence']] : [];
    return [...decision, [`Order ${text}`, address(['orders', text]), 'by id'],
        [`Run ${text}`, address(['runs', text]), 'by name']];
}

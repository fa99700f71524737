/** The instruments with their latest prices. Only what changes is drawn, once a frame. */

import { getList } from '../api.js';
import { el, setText } from '../elements.js';
import { compact, counted, isKnown, percent, price, quantity } from '../format.js';
import { watch } from '../store.js';
import { stream } from '../stream.js';
import { oncePerFrame } from '../timing.js';
import { sideBadge } from './badge.js';
import { changeColumn, numberColumn, symbolColumn } from './columns.js';
import { resource } from './resource.js';
import { emptyState } from './states.js';
import { DataTable } from './table.js';

/** In few steps: each costs a repaint of the list. */
const FLASH = { duration: 600, easing: 'steps(3, jump-none)' };
const PRICE_CELL = 1;
const MOST_FLASHES = 40;

const columns = [
    symbolColumn,
    numberColumn('Last', 9, ({ last }) => last, price),
    changeColumn('Change', 10, ({ change }) => change, percent),
    numberColumn('Volume', 8, ({ volume }) => volume, compact, { wide: true }),
    {
        title: 'Signal',
        width: 6,
        stamp: signalOf,
        node: (quote) => (signalOf(quote) ? sideBadge(signalOf(quote)) : el('span')),
        sort: signalOf,
    },
    numberColumn('Held', 5, heldOf, (held) => (isKnown(held) && Number(held) !== 0 ? quantity(held) : '')),
];

/**
 * @param {import('../scope.js').Scope} scope
 * @param {{select: (symbol: string) => void, quoted: (quote: any) => void, loaded: (first?: string) => void}} calls
 *     when a row is chosen, when a price changes, when the list is there
 * @returns {{node: HTMLElement, mark: (symbol: string) => void, quote: (symbol: string) => any}}
 */
export function watchList(scope, { select, quoted, loaded }) {
    const list = new Quotes(scope, select, quoted);
    const view = resource(scope, (signal) => getList('/quotes', { limit: 500 }, signal), ({ items }) => {
        list.set(items);
        loaded(items[0]?.symbol);
        return { node: list.table.node, update: (answer) => list.set(answer.items) };
    }, { lines: 16 });
    stream.on(scope, 'quotes', (data) => list.take(data));
    stream.on(scope, 'signals', (signal) => list.take({ symbol: signal.symbol, signal }));
    watch(scope, 'portfolio', ({ positions = [] }) => list.hold(positions));
    scope.listen(stream, 'missed', view.reload);
    const node = el('div', { class: 'watch-list' }, list.filter, view.node, list.count);
    return { node, mark: (symbol) => list.table.mark(symbol), quote: (symbol) => list.quote(symbol) };
}

class Quotes {
    #quoted;
    #all = new Map();
    #changed = new Map();
    #positions = [];
    #draw;
    #isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;

    constructor(scope, select, quoted) {
        this.#quoted = quoted;
        this.table = new DataTable({
            isDense: true,
            caption: 'Watch list', columns, key: ({ symbol }) => symbol, select: ({ symbol }) => select(symbol),
            empty: emptyState('No instrument fits.', 'Clear the filter, or start a run: bellwether run'),
        });
        this.filter = el('input', { class: 'input', type: 'search', 'aria-label': 'Filter the watch list',
            placeholder: 'Filter…',
            autocomplete: 'off', spellcheck: 'false', on: { input: () => this.#showFitting() } });
        this.count = el('p', { class: 'quiet small' });
        this.#draw = oncePerFrame(scope, () => this.#flush());
    }

    set(quotes) {
        this.#all = new Map(quotes.map((quote) => [quote.symbol, quote]));
        this.#showFitting();
        this.hold(this.#positions);
    }

    quote(symbol) {
        return this.#all.get(symbol);
    }

    /** A quote, or several. What it does not say stays as it was. */
    take(data) {
        for (const quote of Array.isArray(data) ? data : [data]) {
            this.#changed.set(quote.symbol, { ...this.#changed.get(quote.symbol), ...quote });
        }
        this.#draw();
    }

    /** What is held now; what is not among it is held no more. */
    hold(positions) {
        this.#positions = positions;
        const held = new Map(positions.map((position) => [position.symbol, position.quantity]));
        for (const [symbol, quote] of this.#all) {
            const now = held.get(symbol) ?? null;
            if (Number(heldOf(quote) ?? 0) !== Number(now ?? 0)) this.take({ symbol, position: now });
        }
    }

    #flush() {
        let flashes = 0;
        for (const quote of this.#changed.values()) {
            const before = this.#all.get(quote.symbol);
            if (!before) continue;
            const now = { ...before, ...quote };
            this.#all.set(quote.symbol, now);
            this.#quoted(now);
            const row = this.table.element(quote.symbol);
            if (!row) continue;
            this.table.put(now);
            const hasMoved = now.last !== before.last;
            if (hasMoved && (flashes += 1) <= MOST_FLASHES) this.#flash(row, now.last > before.last);
        }
        this.#changed.clear();
    }

    #flash(row, isUp) {
        if (this.#isStill) return;
        const colour = `var(--flash-${isUp ? 'up' : 'down'})`;
        row.children[PRICE_CELL].animate([{ backgroundColor: colour }, { backgroundColor: 'transparent' }], FLASH);
    }

    #showFitting() {
        const wanted = this.filter.value.trim().toLowerCase();
        const fitting = [...this.#all.values()].filter(({ symbol, name }) =>
            symbol.toLowerCase().includes(wanted) || name?.toLowerCase().includes(wanted));
        this.table.set(fitting);
        setText(this.count, counted(fitting.length, 'instrument'));
    }
}

function signalOf({ signal }) {
    const action = typeof signal === 'object' ? signal?.action : signal;
    return action && action !== 'HOLD' ? action : null;
}

function heldOf({ position }) {
    return typeof position === 'object' ? position?.quantity : position;
}

/** A table that changes only the cells whose text changes, and can be sorted by its headings. */

import { el, replace, setAttribute, setText } from '../elements.js';
import { emptyState } from './states.js';

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {(row: any) => string} [text] what the cell says
 * @property {(row: any) => Node} [node] what the cell holds, with `stamp`, which tells when it must be made anew
 * @property {(row: any) => unknown} [stamp]
 * @property {boolean} [isNumber] aligned at the right
 * @property {(row: any) => string} [tone] the class of the cell's colour
 * @property {(row: any) => any} [sort] what the column is sorted by; without it, it cannot be
 * @property {boolean} [wide] left out on phones
 * @property {number} [width] in characters, so that nothing moves when values change
 * @property {boolean} [grow] takes the space that is left, is cut where it is too long
 * @property {boolean} [isNamed] where rows are stacked, its title stands before it, as before all numbers
 * @property {boolean} [isLong] a text that is shown whole, on as many lines as it takes
 */

/** A table of rows with keys. */
export class DataTable {
    #columns;
    #key;
    #limit;
    #rows = new Map();
    #order;
    #body = el('tbody');
    #heads;
    #empty;

    /**
     * @param {{caption: string, columns: Column[], key: (row: any) => any, empty?: Node, limit?: number,
     *     order?: {column: number, isDown: boolean}, select?: (row: any) => void, isDense?: boolean}} options phones
     *     show each row as a few lines with all that it says; where it is dense, in columns, without the wide ones
     */
    constructor({ caption, columns, key, empty, limit = 1000, order = null, select = null, isDense = false }) {
        this.#columns = columns;
        this.#key = key;
        this.#limit = limit;
        this.#order = order;
        this.#empty = el('div', { class: 'table-empty' }, empty ?? emptyState('Nothing here yet.'));
        this.#heads = columns.map((column, place) => this.#head(column, place));
        const kinds = ['table', select && 'selectable', !isDense && 'stacks'].filter(Boolean);
        this.table = el('table', { class: kinds.join(' ') },
            el('caption', { class: 'hidden' }, caption),
            el('thead', {}, el('tr', {}, this.#heads)), this.#body);
        this.node = el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': caption },
            this.table, this.#empty);
        if (select) this.#body.addEventListener('click', (event) => this.#select(event, select));
        this.#showOrder();
    }

    /** The rows in the order in which they came. */
    get rows() {
        return Array.from(this.#rows.values(), (entry) => entry.row);
    }

    /** @param {any[]} rows Takes the place of all rows. */
    set(rows) {
        const keys = new Set(rows.map(this.#key));
        for (const [key, entry] of this.#rows) if (!keys.has(key)) this.#drop(key, entry);
        const before = this.#rows;
        this.#rows = new Map(rows.map((row) => {
            const key = this.#key(row);
            return [key, this.#draw(before.get(key) ?? this.#make(), row)];
        }));
        this.#arrange();
    }

    /**
     * Changes a row, or adds it at the top; the oldest goes where there are too many.
     * @param {any} row
     */
    put(row) {
        const key = this.#key(row);
        const known = this.#rows.get(key);
        if (known) return void this.#draw(known, row);
        this.#rows = new Map([[key, this.#draw(this.#make(), row)], ...this.#rows]);
        for (const [old, entry] of [...this.#rows].slice(this.#limit)) this.#drop(old, entry);
        this.#arrange();
    }

    /** @param {any[]} rows Added at the end: older ones. */
    append(rows) {
        this.set([...this.rows, ...rows]);
    }

    /** @param {any} key The element of a row; undefined where there is none. */
    element(key) {
        return this.#rows.get(key)?.node;
    }

    /** @param {any} key Marks one row as the one that is shown elsewhere. */
    mark(key) {
        for (const [own, entry] of this.#rows) setAttribute(entry.node, 'aria-selected', own === key ? 'true' : null);
    }

    #make() {
        const cells = this.#columns.map((column) => el('td', { class: cellClass(column), 'data-title': column.title }));
        return { row: null, node: el('tr', {}, cells), stamps: [] };
    }

    #draw(entry, row) {
        entry.row = row;
        this.#columns.forEach((column, place) => drawCell(entry, column, place));
        return entry;
    }

    #drop(key, entry) {
        entry.node.remove();
        this.#rows.delete(key);
    }

    #arrange() {
        const entries = this.#sorted();
        entries.forEach((entry, place) => {
            const there = this.#body.children[place];
            if (there !== entry.node) this.#body.insertBefore(entry.node, there ?? null);
        });
        this.#empty.hidden = entries.length > 0;
        this.table.hidden = entries.length === 0;
    }

    #sorted() {
        const entries = [...this.#rows.values()];
        const by = this.#order && this.#columns[this.#order.column].sort;
        if (!by) return entries;
        const direction = this.#order.isDown ? -1 : 1;
        return entries.sort((left, right) => direction * compare(by(left.row), by(right.row)));
    }

    #head(column, place) {
        const content = column.sort
            ? el('button', { type: 'button', class: 'sort', on: { click: () => this.#sortBy(place) } }, column.title)
            : column.title;
        const head = el('th', { scope: 'col', class: cellClass(column) }, content);
        if (column.width) head.style.setProperty('min-width', `${column.width}ch`);
        return head;
    }

    #sortBy(place) {
        const isSame = this.#order?.column === place;
        this.#order = { column: place, isDown: isSame ? !this.#order.isDown : Boolean(this.#columns[place].isNumber) };
        this.#showOrder();
        this.#arrange();
    }

    #showOrder() {
        this.#heads.forEach((head, place) => {
            const isOwn = this.#order?.column === place;
            setAttribute(head, 'aria-sort', isOwn ? (this.#order.isDown ? 'descending' : 'ascending') : null);
        });
    }

    #select(event, select) {
        if (event.target.closest('a, button, input')) return;
        const node = event.target.closest('tr');
        const entry = [...this.#rows.values()].find((candidate) => candidate.node === node);
        if (entry) select(entry.row);
    }
}

function drawCell(entry, column, place) {
    const cell = entry.node.children[place];
    if (column.tone) setAttribute(cell, 'class', `${cellClass(column)} ${column.tone(entry.row)}`);
    if (!column.node) {
        const text = column.text(entry.row);
        setText(cell, text);
        if (column.grow) setAttribute(cell, 'title', text);
        return;
    }
    const stamp = column.stamp ? column.stamp(entry.row) : entry.row;
    if (entry.stamps[place] === stamp && cell.firstChild) return;
    entry.stamps[place] = stamp;
    replace(cell, column.node(entry.row));
}

function cellClass(column) {
    return [column.isNumber && 'num', column.isNamed && 'named', column.wide && 'wide-only', column.grow && 'grow',
        column.isLong && 'long'].filter(Boolean).join(' ');
}

function compare(left, right) {
    if (left === right) return 0;
    if (left === null || left === undefined) return -1;
    if (right === null || right === undefined) return 1;
    return left < right ? -1 : 1;
}

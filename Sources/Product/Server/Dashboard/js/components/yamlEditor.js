/** A text area with line numbers and marks on the lines that something is wrong with. */

import { el, replace, setAttribute } from '../elements.js';

/** An editor for short documents. */
export class YAMLEditor {
    #area;
    #lines = el('ol', { class: 'editor-lines', 'aria-hidden': 'true' });
    #problems = new Map();

    /** @param {string} text what it begins with */
    constructor(text) {
        this.#area = el('textarea', { class: 'editor-area', 'aria-label': 'YAML document', spellcheck: 'false',
            autocapitalize: 'off',
            wrap: 'off', rows: 22, on: { input: () => this.#number(), scroll: () => this.#follow() } });
        this.#area.value = text;
        this.node = el('div', { class: 'editor' }, this.#lines, this.#area);
        this.#number();
    }

    /** What is written. */
    get text() {
        return this.#area.value;
    }

    /** Takes the marks away. */
    clear() {
        this.#problems.clear();
        setAttribute(this.#area, 'aria-invalid', null);
        this.#number();
    }

    /**
     * Marks lines and goes to the first; gives the errors back with their places in words.
     * @param {{field?: string, line?: number, column?: number, message: string}[]} errors
     */
    mark(errors) {
        const placed = errors.filter(({ line }) => line > 0);
        placed.forEach(({ line, message }) => this.#problems.set(line, message));
        this.#number();
        if (placed.length) this.#goTo(placed[0]);
        return errors.map((error) => ({ ...error, field: error.line > 0 ? `line ${error.line}:${error.column ?? 1}`
            : error.field }));
    }

    #goTo({ line, column = 1 }) {
        const start = this.text.split('\n').slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
        this.#area.focus();
        this.#area.setSelectionRange(start + column - 1, start + column - 1);
        setAttribute(this.#area, 'aria-invalid', 'true');
    }

    #number() {
        const count = this.text.split('\n').length;
        replace(this.#lines, Array.from({ length: count }, (_, place) => {
            const problem = this.#problems.get(place + 1);
            return el('li', { class: problem ? 'editor-wrong' : null, title: problem ?? null }, problem ? '✕ ' : '',
                String(place + 1));
        }));
        this.#follow();
    }

    #follow() {
        this.#lines.scrollTop = this.#area.scrollTop;
    }
}

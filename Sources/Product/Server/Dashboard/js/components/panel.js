/** The boxes that pages are made of. */

import { el } from '../elements.js';

let serial = 0;

/**
 * A titled part of a page.
 * @param {string} title
 * @param {{actions?: import('../elements.js').Child, class?: string}} options
 * @param {...import('../elements.js').Child} content
 */
export function panel(title, options, ...content) {
    const id = `panel-${serial += 1}`;
    return el('section', { class: `panel ${options.class ?? ''}`, 'aria-labelledby': id },
        el('div', { class: 'panel-head' }, el('h2', { id }, title),
            options.actions && el('div', { class: 'panel-actions' }, options.actions)),
        content);
}

/**
 * A page's title with what can be done on it.
 * @param {string} title
 * @param {...import('../elements.js').Child} actions
 */
export function pageHead(title, ...actions) {
    return el('div', { class: 'page-head' }, el('h1', {}, title),
        actions.length > 0 && el('div', { class: 'page-actions' }, actions));
}

/**
 * Names and values.
 * @param {[name: string, value: import('../elements.js').Child][]} rows
 */
export function facts(rows) {
    return el('dl', { class: 'facts' }, rows.filter(([, value]) => value !== undefined)
        .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

/**
 * A figure with its name, and a line below it.
 * @param {string} name
 * @param {import('../elements.js').Child} value
 * @param {import('../elements.js').Child} [below]
 */
export function figure(name, value, below) {
    return el('div', { class: 'figure' }, el('div', { class: 'figure-name' }, name),
        el('div', { class: 'figure-value' }, value), el('div', { class: 'figure-below' }, below ?? ''));
}

/**
 * A button.
 * @param {string} text
 * @param {() => void} action
 * @param {string} [tone]
 */
export function button(text, action, tone = '') {
    return el('button', { type: 'button', class: `button ${tone}`, on: { click: action } }, text);
}

/**
 * Links between pages that belong together; the one of this page is marked.
 * @param {string} label
 * @param {[href: string, text: string][]} links
 * @param {string} current the href of this page
 */
export function tabs(label, links, current) {
    const node = el('nav', { class: 'tabs', 'aria-label': label }, links.map(([href, text]) =>
        el('a', { href, 'aria-current': href === current ? 'page' : null }, text)));
    // Where they are wider than the screen, the current one is brought into sight.
    requestAnimationFrame(() => {
        const own = node.querySelector('[aria-current]');
        if (own) node.scrollLeft = own.offsetLeft - (node.clientWidth - own.clientWidth) / 2;
    });
    return node;
}

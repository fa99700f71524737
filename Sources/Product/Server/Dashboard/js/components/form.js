/** Fields of forms, with what the server said of each. */

import { el } from '../elements.js';

let serial = 0;

/**
 * A control with its name, a hint, and later what is wrong with it.
 * @param {string} label
 * @param {HTMLElement} control
 * @param {string} [hint]
 */
export function field(label, control, hint) {
    const id = `field-${serial += 1}`;
    control.id = id;
    const hintNode = el('span', { class: 'field-hint', id: `${id}-hint` }, hint ?? '');
    if (hint) control.setAttribute('aria-describedby', hintNode.id);
    return el('div', { class: 'field', 'data-field': control.getAttribute('name') },
        el('label', { class: 'field-name', for: id }, label), control, hintNode,
            el('span', { class: 'field-error', role: 'alert' }));
}

/**
 * A text field.
 * @param {string} name
 * @param {import('../elements.js').Attributes} [attributes]
 */
export function input(name, attributes = {}) {
    return el('input', { class: 'input', name, autocomplete: 'off', ...attributes });
}

/**
 * A choice of one.
 * @param {string} name
 * @param {[value: string, text: string][]} options
 * @param {string} [chosen]
 */
export function select(name, options, chosen) {
    return el('select', { class: 'input', name }, options.map(([value, text]) =>
        el('option', { value, selected: value === chosen }, text)));
}

/**
 * A choice of one among few, all in sight.
 * @param {string} label
 * @param {string} name
 * @param {[value: string, text: string][]} options
 * @param {string} chosen
 */
export function choice(label, name, options, chosen) {
    return el('fieldset', { class: 'field' }, el('legend', { class: 'field-name' }, label),
        el('div', { class: 'chips' },
        options.map(([value, text]) => el('label', { class: 'chip' },
            el('input', { type: 'radio', name, value, checked: value === chosen }), text))));
}

/**
 * Suggestions for a text field.
 * @param {string} id
 * @param {string[]} values
 */
export function suggestions(id, values) {
    return el('datalist', { id }, values.map((value) => el('option', { value })));
}

/**
 * What a form holds, by name.
 * @param {HTMLFormElement} form
 * @returns {Record<string, string>}
 */
export function valuesOf(form) {
    return Object.fromEntries(Array.from(new FormData(form), ([name, value]) => [name, String(value).trim()]));
}

/**
 * Puts what is wrong beside the fields that it is about; gives back what is about none of them.
 * @param {HTMLElement} form
 * @param {{field?: string, message: string}[]} errors
 */
export function showFieldErrors(form, errors) {
    const rest = [];
    form.querySelectorAll('.field-error').forEach((node) => node.replaceChildren());
    form.querySelectorAll('[aria-invalid]').forEach((node) => node.removeAttribute('aria-invalid'));
    for (const error of errors) {
        const place = error.field && form.querySelector(`[data-field="${CSS.escape(error.field)}"]`);
        if (!place) rest.push(error);
        else markField(place, error.message);
    }
    return rest;
}

function markField(place, message) {
    place.querySelector('.field-error').textContent = message;
    place.querySelector('.input')?.setAttribute('aria-invalid', 'true');
}

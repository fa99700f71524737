/** Dialogs: one to show something, one to do something with a reason. */

import { el, replace } from '../elements.js';
import { inlineError } from './states.js';

let serial = 0;

/**
 * Opens a dialog; closed, it is gone. `actions` stand beside the close button.
 * @param {{title: string, body: import('../elements.js').Child, actions?: Node[], close?: string, tone?: string,
 *     wide?: boolean, onSubmit?: () => void}} content
 * @returns {HTMLDialogElement}
 */
export function openDialog({ title, body, actions = [], close = 'Close', tone = '', wide = false, onSubmit }) {
    const id = `dialog-${serial += 1}`;
    const dialog = /** @type {HTMLDialogElement} */ (el('dialog', {
        'aria-labelledby': id, class: `dialog ${tone} ${wide ? 'wide' : ''}`,
    }));
    const form = el('form', { method: 'dialog', on: { submit: (event) => submit(event, onSubmit) } },
        el('h2', { id }, title), el('div', { class: 'dialog-body' }, body),
        el('div', { class: 'dialog-actions' },
            el('button', { type: 'button', class: 'button', on: { click: () => dialog.close() } }, close), actions));
    dialog.append(form);
    // Another page is not covered by what was asked on the one before; the event of coming here may still be on its way.
    const here = location.hash;
    const leave = () => location.hash !== here && dialog.close();
    addEventListener('hashchange', leave);
    dialog.addEventListener('close', () => {
        removeEventListener('hashchange', leave);
        dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
}

/**
 * Asks before doing something; resolves to what `run` gave, or null where the person thought better of it.
 *
 * A failure is shown in the dialog, which then stays.
 * @param {{title: string, text: import('../elements.js').Child, action: string, tone?: string, wide?: boolean,
 *     reason?: {label: string, value?: string, required?: boolean} | null,
 *     run: (reason: string) => Promise<any>}} question
 * @returns {Promise<any>}
 */
export function ask({ title, text, action, tone = '', wide = false, reason = null, run }) {
    return new Promise((resolve) => {
        const problem = el('div', { 'aria-live': 'assertive' });
        const input = reason && el('input', {
            class: 'input', value: reason.value ?? '', required: reason.required ?? true, maxlength: 200,
            autocomplete: 'off', name: 'reason',
        });
        const confirm = el('button', { type: 'submit', class: `button primary ${tone}` }, action);
        const dialog = openDialog({
            title, tone, wide, close: 'Cancel', actions: [confirm], onSubmit: () => attempt(),
            body: [text, input && el('label', { class: 'field' }, el('span', {}, reason.label), input), problem],
        });
        let answer = null;
        dialog.addEventListener('close', () => resolve(answer));
        (input && !input.value ? input : confirm).focus();

        async function attempt() {
            confirm.disabled = true;
            try {
                answer = await run(input ? input.value.trim() : '') ?? {};
                dialog.close();
            } catch (error) {
                replace(problem, inlineError(error));
                confirm.disabled = false;
            }
        }
    });
}

function submit(event, action) {
    if (!action) return;
    event.preventDefault();
    action();
}

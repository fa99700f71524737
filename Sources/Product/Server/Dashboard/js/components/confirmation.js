/** The second step of what allows more than before: a person reads it again and says why. */

import { describe, encode, post } from '../api.js';
import { el } from '../elements.js';
import { dateTime } from '../format.js';
import { refreshLive } from '../live.js';
import { ask } from './dialog.js';
import { facts } from './panel.js';
import { toast } from './toast.js';

/**
 * Says that it is done; where the answer asks for a confirmation, asks for that first.
 * @param {{confirmation?: any}} answer
 * @param {string} done
 */
export async function settle(answer, done) {
    if (answer.confirmation) await confirm(answer.confirmation, done);
    else toast(done, 'up');
}

/**
 * Shows what is to be confirmed and confirms it.
 * @param {any} confirmation
 * @param {string} [done]
 */
export async function confirm(confirmation, done = 'Confirmed.') {
    const answer = await answerTo(confirmation, 'confirm', {
        title: 'Confirm in a second step', action: 'Confirm', tone: 'warn',
        reason: { label: 'Type the reason; it goes into the audit record' },
    });
    if (answer) toast(done, 'up');
    else toast('Not confirmed. It waits under Settings, Confirmations, until it expires.', 'warn');
    refreshLive();
    return answer;
}

/**
 * Refuses it.
 * @param {any} confirmation
 */
export async function dismiss(confirmation) {
    const answer = await answerTo(confirmation, 'dismiss', {
        title: 'Dismiss this request?', action: 'Dismiss', reason: { label: 'Reason, for the record' },
    });
    if (answer) toast('Dismissed.', 'up');
    refreshLive();
    return answer;
}

/** Asks, with a reason where the server keeps one, and sends what was answered. */
async function answerTo(confirmation, step, question) {
    const isKept = await keepsReason(step);
    return ask({
        ...question, text: description(confirmation), reason: isKept ? question.reason : null,
        run: (reason) => post(`/confirmations/${encode(confirmation.id)}/${step}`, isKept ? { reason } : {}),
    });
}

/** Whether the server's own description of a step names a reason. */
async function keepsReason(step) {
    const paths = (await describe()).paths ?? {};
    const body = paths[`/api/confirmations/{id}/${step}`]?.post?.requestBody;
    return body !== undefined && JSON.stringify(body).includes('"reason"');
}

/**
 * What a confirmation is about.
 * @param {any} confirmation
 */
export function description(confirmation) {
    const why = el('p', { class: 'confirm-what' }, confirmation.why ?? confirmation.what);
    return el('div', { class: 'stack' }, why, facts([
        ['Asked by', confirmation.caller?.name ?? undefined],
        ['Reason given', confirmation.arguments?.reason ?? undefined],
        ['Asked', confirmation.created_at ? dateTime(confirmation.created_at) : undefined],
        ['Expires', dateTime(confirmation.expires_at)],
    ]), el('p', {}, el('code', {}, confirmation.what)));
}

/** What a run asks a person. */

import { encode, post } from '../api.js';
import { el } from '../elements.js';
import { refreshLive } from '../live.js';
import { ago, dateTime } from '../format.js';
import { ask } from './dialog.js';
import { button, panel } from './panel.js';
import { toast } from './toast.js';

/**
 * A panel with the questions; nothing where there is none.
 * @param {any} run
 * @param {() => void} answered called when one was answered
 */
export function approvals(run, answered) {
    const items = run.approvals ?? [];
    return items.length > 0 && panel('This run asks you', { class: 'asks' }, items.map((item) =>
        el('div', { class: 'approval' },
            el('div', {}, el('p', {}, el('strong', {}, item.step), ' ', item.asks ?? 'asks whether it may go on.'),
                el('p', { class: 'quiet small' }, item.since && `asked ${ago(item.since)}`,
                    item.expires_at && ` · answer until ${dateTime(item.expires_at)}`)),
            el('div', { class: 'row' }, button('Approve…', () => answer(run, item, true, answered), 'primary'),
                button('Refuse…', () => answer(run, item, false, answered), 'danger')))));
}

async function answer(run, item, isYes, answered) {
    const done = await ask({
        title: isYes ? 'Approve?' : 'Refuse?', action: isYes ? 'Approve' : 'Refuse', tone: isYes ? '' : 'danger',
        text: el('p', {}, item.asks ?? item.step),
        reason: { label: 'What there is to say to it, for the record', required: !isYes },
        run: (comment) => post(`/runs/${encode(run.execution_id)}/approve`,
            { step: item.step, approved: isYes, comment }),
    });
    if (done) toast(isYes ? 'Approved.' : 'Refused.', 'up');
    refreshLive();
    answered();
}

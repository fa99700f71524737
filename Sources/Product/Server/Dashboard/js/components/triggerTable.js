/** Triggers: how each stands, why it did not fire, pausing it. */

import { encode, post } from '../api.js';
import { el } from '../elements.js';
import { ABSENT, ago, dateTime, isKnown, number, quantity } from '../format.js';
import { address } from '../router.js';
import { stateBadge } from './badge.js';
import { button } from './panel.js';
import { emptyState } from './states.js';
import { DataTable } from './table.js';
import { toast, toastError } from './toast.js';

/**
 * @param {import('../scope.js').Scope} scope
 * @param {any[]} triggers
 * @param {string | null} workflow the one they belong to; null where they belong to several
 */
export function triggerTable(scope, triggers, workflow) {
    const table = new DataTable({ caption: 'Triggers',
        key: (trigger) => `${ownerOf(trigger, workflow)}/${trigger.name}`,
        columns: [...(workflow ? [] : [ownerColumn]), ...columns(toggle)],
        empty: emptyState('There is no trigger.', 'Only a person starts it, or another workflow.') });
    table.set(triggers);

    async function toggle(trigger) {
        const action = trigger.paused ? 'resume' : 'pause';
        try {
            await post(`/triggers/${encode(ownerOf(trigger, workflow))}/${action}`, { trigger: trigger.name });
            if (!scope.isOver) table.put({ ...trigger, paused: !trigger.paused });
            toast(`${trigger.name} ${trigger.paused ? 'looks again' : 'is paused'}.`, 'up');
        } catch (error) {
            toastError(error);
        }
    }
    return table.node;
}

const ownerColumn = { title: 'Workflow', width: 14, stamp: ({ workflow_id: id }) => id,
    sort: ({ workflow_id: id }) => id,
    node: ({ workflow_id: id }) => el('a', { href: address(['workflows', id]) }, id) };

function columns(toggle) {
    return [
        { title: 'Trigger', width: 14, text: ({ name }) => name, sort: ({ name }) => name },
        {
            title: 'State',
            width: 9,
            stamp: ({ paused }) => paused,
            node: ({ paused }) => stateBadge(paused ? 'paused' : 'active'),
        },
        { title: 'Fires at', width: 8, wide: true, text: ({ threshold }) => reading(threshold) },
        {
            title: 'Why it did not fire',
            grow: true,
            isLong: true,
            text: ({ not_fired_because: why }) => why ?? 'It fired when it last looked.',
        },
        { title: 'Last fired', width: 12, wide: true, stamp: (trigger) => trigger.last_firing?.time, node: lastFiring },
        { title: 'Next', width: 18, wide: true, text: ({ next_scheduled: next }) => (next ? dateTime(next) : '') },
        {
            title: 'Looked',
            width: 9,
            wide: true,
            isNumber: true,
            text: ({ evaluations, firings }) => `${number(firings)} of ${number(evaluations)}`,
        },
        { title: 'Change', width: 8, stamp: ({ paused }) => paused, node: (trigger) => toggleButton(trigger, toggle) },
    ];
}

function toggleButton(trigger, toggle) {
    const node = button(trigger.paused ? 'Resume' : 'Pause', () => toggle(trigger), 'small');
    node.setAttribute('aria-label', `${trigger.paused ? 'Resume' : 'Pause'} ${trigger.name}`);
    return node;
}

function lastFiring({ last_firing: firing }) {
    return firing ? el('span', { title: `${dateTime(firing.time)}: ${firing.cause}` }, ago(firing.time))
        : el('span', { class: 'quiet' }, 'never');
}

function reading(value) {
    if (value === null || value === undefined) return ABSENT;
    return isKnown(value) ? quantity(value) : String(value);
}

function ownerOf(trigger, workflow) {
    return trigger.workflow_id ?? workflow;
}

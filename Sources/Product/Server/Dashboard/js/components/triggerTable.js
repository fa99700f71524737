/** Triggers: how each stands, why it did not fire, pausing it. */

import { encode, post } from '../api.js';
import { el } from '../elements.js';
import { ABSENT, ago, dateTime, isKnown, number, percent, quantity } from '../format.js';
import { address } from '../router.js';
import { stateBadge } from './badge.js';
import { button } from './panel.js';
import { emptyState } from './states.js';
import { DataTable } from './table.js';
import { toast, toastError } from './toast.js';
import { reasonText } from '../wording.js';

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
        {
            title: 'Last value',
            width: 8,
            isNamed: true,
            text: ({ last_value: value, type }) => reading(value, type),
        },
        {
            title: 'Fires at',
            width: 13,
            isNamed: true,
            isLong: true,
            text: ({ threshold, type }) => reading(threshold, type),
        },
        {
            title: 'Why it did not fire',
            grow: true,
            isLong: true,
            text: whyNot,
        },
        {
            title: 'Last fired',
            width: 11,
            isNamed: true,
            stamp: (trigger) => trigger.last_firing?.time,
            node: lastFiring,
        },
        { title: 'Fired of looks', width: 9, isNumber: true, text: firedText },
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

function whyNot({ not_fired_because: why, next_scheduled: next }) {
    return reasonText(why) || `It fired when it last looked${next ? `; due again ${dateTime(next)}` : ''}.`;
}

function firedText({ evaluations, firings }) {
    return evaluations ? `${number(firings)} of ${number(evaluations)}` : 'has not looked';
}

/** In the unit of the trigger's type. */
function reading(value, type) {
    if (value === null || value === undefined) return ABSENT;
    if (!isKnown(value)) return String(value);
    if (type === 'price_change') return percent(value);
    return type === 'volume_spike' ? `${number(value, 1)}×` : quantity(value);
}

function ownerOf(trigger, workflow) {
    return trigger.workflow_id ?? workflow;
}

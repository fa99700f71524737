/** The tasks of a run, each with its output. */

import { el, replace } from '../elements.js';
import { span, time, words } from '../format.js';
import { stateBadge } from './badge.js';
import { jsonBlock } from './json.js';

/** @returns {{node: HTMLElement, update: (tasks: any[]) => void, open: (step: string) => void}} */
export function taskList() {
    const entries = new Map();
    const node = el('div', { class: 'tasks' });
    return {
        node,
        update(tasks) {
            for (const task of tasks) {
                if (!entries.has(task.step)) entries.set(task.step, makeEntry(node));
                drawEntry(entries.get(task.step), task);
            }
        },
        open(step) {
            const entry = entries.get(step);
            if (!entry) return;
            entry.node.open = true;
            entry.node.scrollIntoView({ block: 'nearest' });
            entry.head.focus({ preventScroll: true });
        },
    };
}

function makeEntry(list) {
    const head = el('summary', { class: 'task-head' });
    const body = el('div', { class: 'task-body' });
    const node = el('details', { class: 'task' }, head, body);
    list.append(node);
    return { node, head, body, stamp: '' };
}

/** Only what changed is drawn, so that an opened output can be read while others go on. */
function drawEntry(entry, task) {
    const stamp = JSON.stringify(task);
    if (stamp === entry.stamp) return;
    entry.stamp = stamp;
    replace(entry.head, el('span', { class: 'task-name' }, task.step), el('span', { class: 'quiet' }, words(task.type)),
        stateBadge(task.status), el('span', { class: 'quiet num' }, tookText(task)));
    replace(entry.body, task.error && el('p', { class: 'down' }, task.error),
        el('p', { class: 'quiet small' }, aboutText(task)),
        task.output === null || task.output === undefined ? el('p', { class: 'quiet' }, 'No output.')
            : jsonBlock(task.output));
}

function aboutText(task) {
    return [
        task.agent && `agent ${task.agent}`,
        task.attempts > 1 && `${task.attempts} tries`,
        task.depends_on?.length && `after ${task.depends_on.join(', ')}`,
        task.started_at && `began ${time(task.started_at)}`,
    ].filter(Boolean).join(' · ');
}

function tookText({ started_at: began, finished_at: ended }) {
    return began && ended ? span((Date.parse(ended) - Date.parse(began)) / 1000) : '';
}

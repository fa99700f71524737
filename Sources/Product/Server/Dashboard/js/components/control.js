/** What stops and starts trading. Each asks first, says what it will do and takes a reason for the record. */

import { post } from '../api.js';
import { el } from '../elements.js';
import { refreshSoon } from '../live.js';
import { settle } from './confirmation.js';
import { ask } from './dialog.js';

/** Halts: nothing new is bought, exits still pass. */
export function askToHalt() {
    return control({
        name: 'Halt', path: '/desk/halt', title: 'Halt trading?', action: 'Halt trading', tone: 'danger',
        text: el('p', {}, 'No new position is opened from now on. Orders that reduce a position still pass. ',
            'It stays so until a person resumes.'),
        reason: { label: 'Reason, for the record', value: 'Halted from the dashboard' },
    });
}

/** Lets orders pass again. */
export function askToResume() {
    return control({
        name: 'Resume', path: '/desk/resume', title: 'Resume trading?', action: 'Resume trading',
        text: el('p', {}, 'New positions may be opened again, within the risk limits.'),
        reason: { label: 'Why it is right to go on, for the record' },
    });
}

/** Lets only exits pass. */
export function askToReduceOnly() {
    return control({
        name: 'Reduce only', path: '/desk/reduce-only', title: 'Allow only exits?', action: 'Reduce only', tone: 'warn',
        text: el('p', {}, 'Positions can be reduced and closed, not opened or enlarged, until a person resumes.'),
        reason: { label: 'Reason, for the record' },
    });
}

/** Halts and closes every position. */
export function askToFlatten() {
    return control({
        name: 'Flatten', path: '/desk/flatten', title: 'Halt, and close every position?', action: 'Close everything',
        tone: 'danger',
        text: el('p', {}, 'Trading halts, open entries are taken back, and market orders close what is held.'),
        reason: { label: 'Reason, for the record' },
    });
}

/** Says what the desk said to it: it obeys at its next event, or when one is started. */
async function control({ name, path, ...question }) {
    const answer = await ask({ ...question, run: (reason) => post(path, { reason }) });
    if (!answer) return;
    await settle(answer, `${name}: ${answer.note ?? 'done'}.`);
    refreshSoon();
}

/** What stops and starts trading. Each asks first, says what it will do and takes a reason for the record. */

import { post } from '../api.js';
import { el } from '../elements.js';
import { refreshLive } from '../live.js';
import { settle } from './confirmation.js';
import { ask } from './dialog.js';

/** Halts: nothing new is bought, exits still pass. */
export function askToHalt() {
    return control({
        path: '/desk/halt', title: 'Halt trading?', action: 'Halt trading', tone: 'danger', done: 'Trading is halted.',
        text: el('p', {}, 'No new position is opened from now on. Orders that reduce a position still pass. ',
            'It stays so until a person resumes.'),
        reason: { label: 'Reason, for the record', value: 'Halted from the dashboard' },
    });
}

/** Lets orders pass again. */
export function askToResume() {
    return control({
        path: '/desk/resume', title: 'Resume trading?', action: 'Resume trading', tone: '',
        done: 'Trading is active again.',
        text: el('p', {}, 'New positions may be opened again, within the risk limits.'),
        reason: { label: 'Why it is right to go on, for the record' },
    });
}

/** Lets only exits pass. */
export function askToReduceOnly() {
    return control({
        path: '/desk/reduce_only', title: 'Allow only exits?', action: 'Reduce only', tone: 'warn',
        done: 'Only orders that reduce a position pass now.',
        text: el('p', {}, 'Positions can be reduced and closed, not opened or enlarged, until a person resumes.'),
        reason: { label: 'Reason, for the record' },
    });
}

/**
 * Closes a position, or all of them.
 * @param {string} [symbol]
 */
export function askToFlatten(symbol) {
    const what = symbol ? `the position in ${symbol}` : 'every position';
    return control({
        path: '/desk/flatten', title: `Close ${what}?`, tone: 'danger',
        action: symbol ? `Close ${symbol}` : 'Close everything',
        done: `Orders that close ${what} were given.`, body: symbol ? { symbol } : {},
        text: el('p', {}, `Market orders that close ${what} go through the risk gate at once. `,
            'Open orders for it are cancelled.'),
        reason: { label: 'Reason, for the record' },
    });
}

async function control({ path, done, body = {}, ...question }) {
    const answer = await ask({ ...question, run: (reason) => post(path, { ...body, reason }) });
    if (!answer) return;
    await settle(answer, done);
    refreshLive();
}

/** Checks the record of decisions: every hash, from the first record to the last. */

import { get } from '../api.js';
import { el } from '../elements.js';
import { dateTime, number, shortHash } from '../format.js';
import { stateBadge } from './badge.js';
import { copyable } from './copy.js';
import { openDialog } from './dialog.js';
import { button, facts } from './panel.js';
import { toastError } from './toast.js';

/** A button that checks and says what it found. */
export function verifyButton() {
    const node = button('Verify the record', async () => {
        node.disabled = true;
        try {
            showResult(await get('/audit/verify'));
        } catch (error) {
            toastError(error);
        } finally {
            node.disabled = false;
        }
    });
    return node;
}

function showResult({ head, ...result }) {
    const isValid = result.valid ?? result.verified ?? false;
    openDialog({
        title: isValid ? 'The record is whole' : 'The record is NOT whole', tone: isValid ? '' : 'danger',
        body: el('div', { class: 'stack' },
            el('p', {}, stateBadge(isValid ? 'ok' : 'failed'), ' ', isValid
                ? 'Every record carries the hash of the one before, and every hash was computed again and fits.'
                : result.problem ?? 'A hash does not fit. Halt trading, then see bellwether audit verify.'),
            facts([
                ['Records', number(result.records)],
                ['Last record', head ? `#${head.sequence}` : '–'],
                ['Its hash', head?.hash ? copyable(head.hash, 'hash', shortHash(head.hash)) : '–'],
                ['Checked', dateTime(result.checked_at)],
            ])),
    });
}

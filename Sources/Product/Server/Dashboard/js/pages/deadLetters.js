/** Messages that were given up: why, and sending them back. */

import { encode, getList, post } from '../api.js';
import { badge } from '../components/badge.js';
import { ask } from '../components/dialog.js';
import { jsonBlock } from '../components/json.js';
import { button, facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { toast } from '../components/toast.js';
import { el } from '../elements.js';
import { counted, dateTime, number, words } from '../format.js';
import { refreshLive } from '../live.js';
import { address } from '../router.js';

export const title = 'Dead letters';

/** @param {import('../app.js').Page} page */
export function show({ scope, params: { name }, setTitle }) {
    setTitle(`Dead letters of ${name}`);
    const redrive = (letters) => askToRedrive(name, letters, () => view.reload());
    const path = `/queues/${encode(name)}/messages`;
    const view = resource(scope, (signal) => getList(path, { dead: true, limit: 200 }, signal),
        ({ items }) => letterList(items, redrive));
    return el('div', { class: 'page' },
        pageHead(`Dead letters of ${name}`, el('a', { href: address(['queues', name]) }, 'The queue'),
        el('a', { href: '#/queues' }, 'All queues')), view.node);
}

function letterList(letters, redrive) {
    if (!letters.length) return panel('Dead letters', {},
        emptyState('There is no dead letter.',
            'A message that keeps failing ends here instead of in the way of others.'));
    const all = button('Send all back…', () => redrive(letters));
    return panel(counted(letters.length, 'dead letter'), { actions: all },
        el('ul', { class: 'letters' }, letters.map((letter) => letterView(letter, redrive))));
}

function letterView(letter, redrive) {
    return el('li', { class: 'letter' },
        el('div', { class: 'panel-head' }, el('h3', {}, `${letter.type} · number ${letter.number}`),
            button('Send back…', () => redrive([letter]), 'small')),
        el('p', {}, badge(letter.error ?? 'unknown error', 'down'), ' ',
            letter.error_detail ?? 'No detail was recorded.'),
        facts([['Sent', dateTime(letter.origin?.enqueued)], ['Given up', dateTime(letter.enqueued)],
            ['Sent back before', number(letter.redrives)],
            ['Why', originText(letter.origin)], ['Name', letter.id]]),
        el('details', {}, el('summary', {}, 'What it holds'), jsonBlock(letter.body ?? letter.body_base64 ?? '')));
}

/** Why it was given up, and after how many tries. */
function originText(origin) {
    if (!origin) return undefined;
    const tries = origin.attempts ? `, after ${counted(origin.attempts, 'try', 'tries')}` : '';
    return `${words(origin.reason)}${tries}`;
}

async function askToRedrive(name, letters, reload) {
    const numbers = letters.map(({ number: own }) => own);
    const answer = await ask({
        title: `Send ${counted(letters.length, 'message')} back to ${name}?`, action: 'Send back',
        text: el('p', {}, 'They are tried again with a fresh count. Mend first what made them fail.'),
        run: () => post(`/queues/${encode(name)}/redrive`, { numbers }),
    });
    if (!answer) return;
    toast(`${counted(answer.messages ?? letters.length, 'message')} sent back.`, 'up');
    refreshLive();
    reload();
}

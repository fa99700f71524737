/** Lines below the header that must not be overlooked: a halt, a broken connection. */

import { el, replace } from '../elements.js';
import { ago, dateTime, span } from '../format.js';
import { Scope } from '../scope.js';
import { read, watch } from '../store.js';
import { stream } from '../stream.js';
import { askToResume } from './control.js';
import { button } from './panel.js';
import { liftsText } from './standing.js';
import { reasonText } from '../wording.js';

const GRACE = 2000;

/** @param {Element} place */
export function mountNotices(place) {
    const scope = new Scope();
    const halt = el('div', { role: 'alert' });
    const broken = el('div', { role: 'status' });
    place.append(halt, broken);
    let shown = '';
    watch(scope, 'status', (status) => {
        const { state, reason, since } = status.trading ?? {};
        const key = `${state}|${reason}|${since}`;
        if (key === shown) return;
        shown = key;
        document.body.dataset.trading = state ?? 'unknown';
        replace(halt, haltNotice(status.trading));
    });
    watch(scope, 'isSignedOut', () => showConnection(broken));
    scope.every(1000, () => showConnection(broken));
    scope.listen(stream, 'connection', () => showConnection(broken));
}

function haltNotice(trading) {
    if (!trading || trading.state === 'active') return null;
    const isHalted = trading.state === 'halted';
    return el('div', { class: `notice ${isHalted ? 'danger' : 'warn'}` },
        el('strong', {}, isHalted ? 'TRADING HALTED' : 'REDUCE ONLY'),
        el('span', {}, reasonText(trading.reason).replace(/^halted /, '') || 'No reason was given.'),
        el('span', { class: 'notice-facts' }, trading.since ? `since ${dateTime(trading.since)}` : '',
            trading.lifts ? ` · lifted by: ${liftsText(trading.lifts)}` : ''),
        button('Resume…', askToResume));
}

/** A short break is not worth a line; what is shown meanwhile is marked as old by the style sheet. */
function showConnection(place) {
    const { state, heard, retryAt } = stream.connection;
    const isBroken = state !== 'live' && heard > 0 && Date.now() - heard > GRACE;
    document.body.toggleAttribute('data-stale', isBroken || read('isSignedOut') === true);
    if (read('isSignedOut')) return replace(place, signedOutNotice());
    if (!isBroken) return replace(place);
    const wait = Math.max(0, retryAt - Date.now());
    replace(place, el('div', { class: 'notice warn' }, el('strong', {}, 'NOT CONNECTED'),
        el('span', {}, `Figures are from ${ago(new Date(heard).toISOString())}. `,
            state === 'waiting' ? `Next try in ${span(Math.ceil(wait / 1000))}.` : 'Trying again now.'),
        button('Try now', () => stream.retryNow())));
}

function signedOutNotice() {
    return el('div', { class: 'notice warn' }, el('strong', {}, 'SIGNED OUT'),
        el('span', {}, 'What is shown is old. Type ', el('code', {}, 'bellwether login'),
            ' in the terminal and open the link that it prints.'));
}

/** The state of the connection and the market's time, in the header. */

import { el, replace, setAttribute, setText } from '../elements.js';
import { dateTime, span, zoneName } from '../format.js';
import { Scope } from '../scope.js';
import { read } from '../store.js';
import { stream } from '../stream.js';

// Not "Live": that word is for trading with real money.
const WORDS = { live: 'Connected', connecting: 'Connecting', waiting: 'Reconnecting' };
const QUIET = 15000;

/** @param {Element} place */
export function mountConnection(place) {
    const scope = new Scope();
    const dot = el('span', { class: 'dot', 'aria-hidden': 'true' });
    const state = el('span', { role: 'status', class: 'connection-state' });
    const clock = el('span', { class: 'market-time wide-only', title: 'Time of the market' });
    replace(place, el('span', { class: 'connection' }, dot, state), clock);
    const show = () => {
        const { text, tone } = describe();
        setText(state, text);
        setAttribute(dot, 'class', `dot ${tone}`);
        state.classList.toggle('is-well', tone === 'up');
        setText(clock, marketTime());
    };
    scope.listen(stream, 'connection', show);
    scope.every(1000, show);
    show();
}

function describe() {
    const { state, heard } = stream.connection;
    const age = heard ? Date.now() - heard : 0;
    if (state === 'live' && age > QUIET) return { text: `Quiet ${span(Math.round(age / 1000))}`, tone: 'warn' };
    if (state === 'live') return { text: WORDS.live, tone: 'up' };
    return { text: heard ? `${WORDS[state]} ${span(Math.round(age / 1000))}` : WORDS[state], tone: 'warn' };
}

/** The latest time that the desk told of, which the stream may know before the status does. */
function marketTime() {
    const known = [read('status')?.market_time, read('portfolio')?.as_of].filter(Boolean);
    const text = known.sort().at(-1);
    return text ? `${dateTime(text)} ${zoneName()}` : '';
}

/** Short words with a colour and, for states, a sign, so that colour is never needed to read them. */

import { el } from '../elements.js';
import { words } from '../format.js';

const STATES = {
    running: ['●', 'accent'], in_flight: ['●', 'accent'], open: ['●', 'accent'], working: ['●', 'accent'],
    submitted: ['●', 'accent'], accepted: ['●', 'accent'], partially_filled: ['●', 'accent'],
    queued: ['○', 'quiet'], pending: ['○', 'quiet'], available: ['○', 'quiet'], delayed: ['○', 'quiet'],
    held_back: ['○', 'quiet'], none: ['○', 'quiet'], unknown: ['○', 'quiet'],
    waiting: ['‖', 'warn'], paused: ['‖', 'warn'], retrying: ['↻', 'warn'], stopping: ['◼', 'warn'],
    degraded: ['▲', 'warn'], reduce_only: ['▲', 'warn'], warning: ['▲', 'warn'],
    completed: ['✓', 'up'], done: ['✓', 'up'], ok: ['✓', 'up'], filled: ['✓', 'up'], approved: ['✓', 'up'],
    active: ['✓', 'up'], met: ['✓', 'up'], finished: ['✓', 'up'],
    failed: ['✕', 'down'], refused: ['✕', 'down'], rejected: ['✕', 'down'], halted: ['✕', 'down'],
    missed: ['✕', 'down'], timeout: ['✕', 'down'], timed_out: ['✕', 'down'], error: ['✕', 'down'],
    cancelled: ['–', 'quiet'], skipped: ['–', 'quiet'], expired: ['–', 'quiet'], compensated: ['↶', 'warn'],
    revoked: ['–', 'quiet'], stopped: ['◼', 'quiet'],
};

/**
 * A word with a colour.
 * @param {string} text
 * @param {'accent'|'up'|'down'|'warn'|'quiet'|''} [tone]
 */
export function badge(text, tone = '') {
    return el('span', { class: `badge ${tone}` }, text);
}

/**
 * A state's sign and name.
 * @param {string | null | undefined} state
 */
export function stateBadge(state) {
    const [sign, tone] = stateSign(state);
    return el('span', { class: `badge ${tone}` }, el('span', { 'aria-hidden': 'true' }, `${sign} `), words(state));
}

/**
 * A state's sign and colour.
 * @param {string | null | undefined} state
 * @returns {[sign: string, tone: string]}
 */
export function stateSign(state) {
    return STATES[String(state ?? 'none').toLowerCase()] ?? ['○', 'quiet'];
}

/**
 * Buy and sell: a sign, a word, a colour.
 * @param {string | null | undefined} side BUY, SELL, HOLD in any case
 */
export function sideBadge(side) {
    const name = String(side ?? '').toUpperCase();
    if (name === 'BUY') return badge('▲ BUY', 'up');
    return name === 'SELL' ? badge('▼ SELL', 'down') : badge(name ? `■ ${name}` : '–', 'quiet');
}

/** The log as it is written. */

import { stateBadge } from '../components/badge.js';
import { copyable } from '../components/copy.js';
import { input, select } from '../components/form.js';
import { button, pageHead, panel } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { tailList } from '../components/tailList.js';
import { el, setText } from '../elements.js';
import { time } from '../format.js';
import { address, go } from '../router.js';

export const title = 'Log';

const LEVELS = ['trace', 'debug', 'info', 'notice', 'warning', 'error'];
const SHOWN = 200;

const columns = [
    { title: 'Time', width: 9, text: ({ time: moment }) => time(moment) },
    { title: 'Level', width: 9, stamp: ({ level }) => level, node: levelBadge },
    { title: 'Module', width: 10, wide: true, text: ({ module, label }) => module ?? label ?? '' },
    { title: 'Message', grow: true, text: (line) => `${line.message} ${fieldsText(line.fields)}`.trim() },
    {
        title: 'Trace',
        width: 12,
        wide: true,
        stamp: ({ trace }) => trace,
        node: ({ trace }) => (trace ? copyable(trace, 'trace id', trace.slice(0, 8)) : el('span')),
    },
];

/** @param {import('../app.js').Page} page */
export function show({ scope, query }) {
    const level = LEVELS.includes(query.get('level')) ? query.get('level') : 'info';
    const filter = { level, text: '', isPaused: false };
    const table = new DataTable({ caption: 'Log', columns, key: lineKey,
        limit: SHOWN, empty: emptyState('No line of this level yet.', 'Choose a lower level to see more.') });
    const list = tailList(scope, {
        table, path: '/log', query: { level }, topic: 'log', limit: SHOWN, accepts: (line) => isWanted(line, filter),
    });
    return el('div', { class: 'page' }, pageHead('Log'), systemTabs('#/system/log'),
        panel('Newest first', { actions: controls(filter) }, el('div', { class: 'log-list' }, list)));
}

function controls(filter) {
    const level = select('level', LEVELS.map((name) => [name, `${name} and above`]), filter.level);
    level.setAttribute('aria-label', 'Least level');
    level.addEventListener('change', () => go(address(['system', 'log'], { level: level.value })));
    const text = input('text', { type: 'search', placeholder: 'New lines with…',
        'aria-label': 'Only new lines with this text',
        on: { input: (event) => { filter.text = event.target.value.toLowerCase(); } } });
    const pause = button('Pause', () => {
        filter.isPaused = !filter.isPaused;
        setText(pause, filter.isPaused ? 'Go on' : 'Pause');
        pause.setAttribute('aria-pressed', String(filter.isPaused));
    });
    return [text, level, pause];
}

function isWanted(line, { level, text, isPaused }) {
    return !isPaused && rank(line.level) >= rank(level) && (!text || line.message.toLowerCase().includes(text));
}

/** A level that is not known is shown rather than lost. */
function rank(level) {
    const place = LEVELS.indexOf(String(level).toLowerCase());
    return place < 0 ? LEVELS.length : place;
}

function levelBadge({ level }) {
    return rank(level) >= rank('warning') ? stateBadge(level) : el('span', { class: 'quiet' }, level);
}

function fieldsText(fields) {
    return Object.entries(fields ?? {}).filter(([, value]) => value !== '').map(([name, value]) =>
        `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`).join(' ');
}

function lineKey({ sequence, time: moment, message }) {
    return sequence ?? `${moment}/${message}`;
}

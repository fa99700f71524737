/** What a recommendation rests on. */

import { el } from '../elements.js';
import { arrowed, dateTime, isKnown, number, percent, price, tone, words } from '../format.js';
import { address } from '../router.js';
import { openDialog } from './dialog.js';
import { facts } from './panel.js';

/**
 * A button that shows a recommendation's evidence.
 * @param {any} signal
 */
export function evidenceButton(signal) {
    return el('button', { type: 'button', class: 'button small', 'aria-label': `Evidence on ${signal.symbol}`,
        on: { click: () => showEvidence(signal) } }, 'Show…');
}

function showEvidence(signal) {
    const { symbol, sequence } = signal;
    const record = isKnown(sequence) && el('a', { href: address(['decisions', String(sequence)]) }, `#${sequence}`);
    openDialog({ title: `${symbol}: ${words(signal.action)}`, wide: true, body: el('div', { class: 'stack' },
        facts([
            ['Time', dateTime(signal.time)], ['Confidence', percent(signal.confidence, 0)],
            ['Target', isKnown(signal.target) ? price(signal.target) : undefined],
            ['Stop', isKnown(signal.stop) ? price(signal.stop) : undefined],
            ['Record', record || undefined],
        ]),
        (signal.sources ?? []).length ? sourceTable(signal.sources)
            : el('p', { class: 'quiet' }, 'Nothing was kept of what it rests on.')) });
}

function sourceTable(sources) {
    return el('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Evidence' },
        el('table', { class: 'table evidence' }, el('thead', {}, el('tr', {}, heads())),
            el('tbody', {}, sources.map(sourceRow))));
}

function heads() {
    return [['Kind', ''], ['Score', 'num'], ['Weight', 'num'], ['What it says', '']]
        .map(([title, kind]) => el('th', { scope: 'col', class: kind }, title));
}

function sourceRow({ evidence, score, weight, text }) {
    return el('tr', {}, el('td', {}, words(evidence)),
        el('td', { class: `num ${tone(score)}` }, arrowed(score, (value) => number(value, 2))),
        el('td', { class: 'num' }, percent(weight, 0)), el('td', { class: 'wrap' }, text));
}

/** What a recommendation rests on, and what became of it. */

import { getList } from '../api.js';
import { el } from '../elements.js';
import { dateTime, isKnown, number, percent, price, shortHash, words } from '../format.js';
import { address } from '../router.js';
import { Scope } from '../scope.js';
import { sideBadge, stateBadge } from './badge.js';
import { changeColumn, numberColumn } from './columns.js';
import { copyable } from './copy.js';
import { openDialog } from './dialog.js';
import { facts } from './panel.js';
import { resource } from './resource.js';
import { DataTable } from './table.js';

/** How many verdicts on an instrument are looked through for that on a recommendation. */
const LOOKED_THROUGH = 20;

/**
 * A button that shows a recommendation's evidence.
 * @param {any} signal
 */
export function evidenceButton(signal) {
    return el('button', { type: 'button', class: 'button small', 'aria-label': `Evidence on ${signal.symbol}`,
        on: { click: () => showEvidence(signal) } }, 'Show…');
}

function showEvidence(signal) {
    const scope = new Scope();
    const dialog = openDialog({ title: `${signal.symbol}: ${words(signal.action)}`, wide: true,
        body: el('div', { class: 'stack' }, known(signal),
            (signal.sources ?? []).length ? sourceTable(signal.sources)
                : el('p', { class: 'quiet' }, 'Nothing was kept of what it rests on.'),
            el('h3', {}, 'What became of it'), verdicts(scope, signal)) });
    dialog.addEventListener('close', () => scope.end());
}

function known({ time, confidence, target, stop, quantity, run, trace }) {
    return facts([
        ['Time', dateTime(time)], ['Confidence', percent(confidence, 0)],
        ['Target', isKnown(target) ? price(target) : undefined],
        ['Stop', isKnown(stop) ? price(stop) : undefined],
        ['Planned', isKnown(quantity) && Number(quantity) !== 0 ? number(quantity, 2) : undefined],
        ['Records', run ? el('a', { href: address(['system', 'audit'], { subject: run }) }, 'of this run') : undefined],
        ['Trace', trace ? copyable(trace, 'trace id', shortHash(trace)) : undefined],
    ]);
}

/** The risk gate's verdicts on it: each leads on to the order, the fill, hashes and records. */
function verdicts(scope, { symbol, run, trace }) {
    const isOwn = (verdict) => (run ? verdict.run === run : verdict.trace === trace);
    const load = (signal) => getList('/decisions', { symbol, limit: LOOKED_THROUGH }, signal);
    return resource(scope, load, ({ items }) => {
        const own = items.filter(isOwn);
        return own.length ? el('ul', { class: 'plain-list' }, own.map(verdictLine))
            : el('p', { class: 'quiet' }, 'No order was asked for.');
    }, { lines: 1 }).node;
}

function verdictLine({ sequence, index, verdict, side, rule, reason, order }) {
    return el('li', { class: 'row' }, stateBadge(verdict), sideBadge(side),
        rule && el('span', {}, `${words(rule)}: ${reason ?? ''}`),
        order && el('a', { href: address(['orders', order]), class: 'mono' }, order),
        el('a', { href: address(['decisions', String(sequence)], { index: index ? String(index) : null }) },
            `From trigger to fill, record #${sequence}`));
}

function sourceTable(sources) {
    const table = new DataTable({ caption: 'Evidence', key: ({ evidence, text }) => `${evidence}/${text}`, columns: [
        { title: 'Kind', width: 9, text: ({ evidence }) => words(evidence) },
        changeColumn('Score', 8, ({ score }) => score, (value) => number(value, 2)),
        numberColumn('Weight', 7, ({ weight }) => weight, (share) => percent(share, 0)),
        { title: 'What it says', grow: true, isLong: true, text: ({ text }) => text ?? '' },
    ] });
    table.set(sources);
    return table.node;
}

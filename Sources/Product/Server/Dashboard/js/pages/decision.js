/** One decision from what set it off to the fill, each station with its record. */

import { encode, get } from '../api.js';
import { sideBadge, stateBadge } from '../components/badge.js';
import { copyable } from '../components/copy.js';
import { conclusion, findings } from '../components/findings.js';
import { jsonBlock } from '../components/json.js';
import { facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { verifyButton } from '../components/verify.js';
import { el } from '../elements.js';
import { dateTime, isKnown, quantity, shortHash, words } from '../format.js';
import { address } from '../router.js';
import { adjustmentText, reasonText } from '../wording.js';

export const title = 'Decision';

/** @param {import('../app.js').Page} page */
export function show({ scope, params: { sequence }, query, setTitle }) {
    setTitle(`Decision ${sequence}`);
    const load = (signal) => get(`/decisions/${encode(sequence)}`, { index: query.get('index') }, signal);
    return el('div', { class: 'page' },
        pageHead(`Decision ${sequence}`, el('a', { href: '#/decisions' }, 'All decisions'), verifyButton()),
        resource(scope, load, details).node);
}

function details(decision) {
    const stations = decision.stations ?? [];
    return el('div', { class: 'stack' }, panel('Verdict', {}, verdict(decision)),
        panel('From trigger to fill', { actions: verified(decision.verified) }, stations.length
            ? el('ol', { class: 'stations' }, stations.map(station))
            : emptyState('No station is recorded for this decision.', 'It may not have come from the pipeline.')));
}

function verdict(decision) {
    return el('div', { class: 'stack' },
        el('p', { class: 'verdict-line' }, stateBadge(decision.verdict), ' ', sideBadge(decision.side), ' ',
            decision.symbol && el('a', { href: address(['markets', decision.symbol]), class: 'symbol' },
                decision.symbol), ' ',
            decision.rule && el('strong', {}, `${words(decision.rule)}: `), reasonText(decision.reason)),
        facts([
            ['Time', dateTime(decision.time)],
            [
                'Order',
                decision.order ? el('a', { href: address(['orders', decision.order]) }, decision.order)
                    : 'none was sent',
            ],
            ['Quantity', isKnown(decision.quantity) ? quantity(decision.quantity) : undefined],
            ['Run', decision.run ? el('a', { href: address(['system', 'audit'], { subject: decision.run }) },
                reasonText(decision.run)) : '–'],
            ['Trace', decision.trace ? copyable(decision.trace, 'trace id', shortHash(decision.trace)) : '–'],
            ['Hash', decision.hash ? copyable(decision.hash, 'hash', shortHash(decision.hash)) : '–'],
            ['Asked by', decision.by ?? undefined],
        ]),
        (decision.adjustments ?? []).length > 0
            && el('p', {}, 'Made smaller: ', decision.adjustments.map(adjustmentText).join('; ')),
        decision.replay && el('p', { class: 'quiet' }, 'Derive it again and compare, in the terminal: ',
            copyable(decision.replay, 'the replay command')));
}

function verified(isVerified) {
    if (isVerified === undefined || isVerified === null) return null;
    return el('span', {}, stateBadge(isVerified ? 'ok' : 'failed'), isVerified ? ' hashes fit' : ' hashes do NOT fit');
}

function station(item) {
    return el('li', { class: 'station' },
        el('div', { class: 'station-head' }, el('h3', {}, words(item.station)),
            el('span', {}, conclusion(item) ?? reasonText(item.summary))),
        findings(item),
        el('p', { class: 'quiet small mono' }, `#${item.sequence ?? '–'} · ${dateTime(item.time)} · `,
            item.hash ? copyable(item.hash, `hash of ${item.station}`, shortHash(item.hash)) : 'no hash'),
        item.body !== undefined && item.body !== null && el('details', {},
            el('summary', {}, 'Record'), jsonBlock(item.body)));
}

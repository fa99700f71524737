/** PAPER, LIVE, SIMULATED: which money and which market, on every page and in the title. */

import { el, replace } from '../elements.js';
import { Scope } from '../scope.js';
import { watch } from '../store.js';
import { setTitlePrefix } from '../title.js';

const MODES = {
    paper: ['PAPER', 'Orders are filled by the simulated exchange, no money moves'],
    live: ['LIVE', 'Orders go to a real venue, with real money'],
};

/** @param {Element} place */
export function mountMode(place) {
    let shown = '';
    watch(new Scope(), 'status', (status) => {
        const labels = labelsOf(status);
        const text = labels.map(([name]) => name).join(' · ');
        if (text === shown) return;
        shown = text;
        setTitlePrefix(text);
        document.body.dataset.mode = status.mode ?? 'unknown';
        replace(place, labels.map(([name, about]) =>
            el('span', { class: `mode-label ${name.toLowerCase().replace(' ', '-')}`, title: about }, name)));
    });
}

function labelsOf(status) {
    const labels = [];
    if (status.trading?.state === 'halted') labels.push(['HALTED', 'Trading is halted']);
    if (status.trading?.state === 'reduce_only') labels.push(['REDUCE ONLY',
        'Only orders that reduce a position pass']);
    labels.push(MODES[status.mode] ?? ['MODE UNKNOWN', 'The server did not say whether orders move real money']);
    if (status.simulated) labels.push(['SIMULATED', 'Prices are generated, they are not of a real market']);
    return labels;
}

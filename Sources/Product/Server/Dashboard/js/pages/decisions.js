/** What was recommended and what the risk gate said of it. */

import { decisionColumns, signalColumns, signalKey } from '../components/columns.js';
import { input, select } from '../components/form.js';
import { liveList } from '../components/liveList.js';
import { pageHead, tabs } from '../components/panel.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { verifyButton } from '../components/verify.js';
import { el } from '../elements.js';
import { address, go } from '../router.js';

export const title = 'Decisions';

const VIEWS = { verdicts: 'Verdicts', signals: 'Recommendations' };
const VERDICTS = [['', 'All verdicts'], ['approved', 'Approved'], ['refused', 'Refused']];

/** @param {import('../app.js').Page} page */
export function show({ scope, query }) {
    const filter = { view: query.get('view') === 'signals' ? 'signals' : 'verdicts', symbol: query.get('symbol') ?? '',
        verdict: query.get('verdict') ?? '' };
    return el('div', { class: 'page' }, pageHead('Decisions', verifyButton()),
        el('section', { class: 'panel', 'aria-label': VIEWS[filter.view] },
            tabs('Decisions', Object.entries(VIEWS).map(([view, text]) => [address(['decisions'], { view }), text]),
                address(['decisions'], { view: filter.view })),
            filterForm(filter), filter.view === 'signals' ? signals(scope, filter) : verdicts(scope, filter)));
}

function filterForm(filter) {
    const apply = () => go(address(['decisions'],
        { view: filter.view, symbol: symbol.value.trim().toUpperCase(), verdict: verdict.value }));
    const symbol = input('symbol', { type: 'search', value: filter.symbol, placeholder: 'Symbol',
        'aria-label': 'Symbol', maxlength: 24, on: { change: apply } });
    const verdict = select('verdict', VERDICTS, filter.verdict);
    verdict.setAttribute('aria-label', 'Verdict');
    verdict.addEventListener('change', apply);
    return el('div', { class: 'filter' }, symbol, filter.view === 'verdicts' && verdict);
}

function verdicts(scope, { symbol, verdict }) {
    const table = new DataTable({ caption: 'Verdicts', columns: decisionColumns,
        key: ({ sequence, symbol: of }) => `${sequence}/${of}`, limit: 500,
        empty: emptyState('No verdict fits.',
            'Each order that the pipeline wants is judged by the risk gate and appears here.') });
    return liveList(scope, { table, path: '/decisions', query: { symbol, verdict }, topic: 'verdicts', hasOlder: true,
        accepts: (item) => (!symbol || item.symbol === symbol) && (!verdict || item.verdict === verdict) }).node;
}

function signals(scope, { symbol }) {
    const table = new DataTable({ caption: 'Recommendations', columns: signalColumns, key: signalKey, limit: 500,
        empty: emptyState('No recommendation fits.') });
    return liveList(scope, { table, path: '/signals', query: { symbol }, topic: 'signals', hasOlder: true,
        accepts: (item) => !symbol || item.symbol === symbol }).node;
}

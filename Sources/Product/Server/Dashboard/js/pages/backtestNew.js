/** Asks for a backtest. */

import { getList, post } from '../api.js';
import { choice, field, input, select, showFieldErrors, suggestions, valuesOf } from '../components/form.js';
import { pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { inlineError } from '../components/states.js';
import { toast } from '../components/toast.js';
import { el, replace } from '../elements.js';
import { counted, date } from '../format.js';
import { address, go } from '../router.js';

export const title = 'New backtest';

const STRATEGIES = [
    ['pipeline', 'Pipeline of the desk'],
    ['cross', 'Cross of two averages'],
];

const MARKETS = [['data', 'Imported bars'], ['simulated', 'Simulated market']];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const view = resource(scope, (signal) => getList('/data', { limit: 500 }, signal), ({ items }) => form(items));
    return el('div', { class: 'page' }, pageHead('New backtest', el('a', { href: '#/backtests' }, 'All backtests')),
        panel('What to try', {}, view.node));
}

function form(data) {
    const problem = el('div', { class: 'full' });
    const [first, last] = [data.map(({ from }) => from).sort()[0], data.map(({ to }) => to).sort().at(-1)];
    const node = el('form', { class: 'form', on: { submit: (event) => {
        event.preventDefault();
        start(node, problem);
    } } },
    choice('Market', 'market', MARKETS, data.length ? 'data' : 'simulated'),
    field('Symbols', input('symbols', { value: data.slice(0, 2).map(({ symbol }) => symbol).join(', '),
        list: 'backtest-symbols' }), symbolHint(data)),
    suggestions('backtest-symbols', data.map(({ symbol }) => symbol)),
    field('From', input('from', { type: 'date', value: first ? date(first) : '' })),
    field('To', input('to', { type: 'date', value: last ? date(last) : '' })),
    field('Strategy', select('strategy', STRATEGIES, 'pipeline')),
    field('Fast average', input('fast', { type: 'number', min: 1, value: 10, required: true }), 'Bars, for a cross'),
    field('Slow average', input('slow', { type: 'number', min: 2, max: 1000, value: 50, required: true }),
        'Bars, for a cross: more than the fast one'),
    field('Cash', input('cash', { type: 'number', min: 1, step: 'any', value: 100000, required: true }),
        'What it begins with'),
    field('Fee', input('fee', { type: 'number', min: 0, max: 10, step: 'any', value: 0.1, required: true }),
        'Per cent of the value of each trade'),
    problem, el('div', { class: 'full row' },
        el('button', { type: 'submit', class: 'button primary' }, 'Run the backtest')));
    return node;
}

function symbolHint(data) {
    return data.length ? `Separated by commas; ${counted(data.length, 'series', 'series')} imported`
        : 'No bars are imported: bellwether data import FILE';
}

async function start(node, problem) {
    const submit = node.querySelector('[type=submit]');
    submit.disabled = true;
    try {
        const { id } = await post('/backtests', requestOf(valuesOf(node)));
        toast('The backtest has begun.', 'up');
        go(address(['backtests', id]));
    } catch (error) {
        const rest = showFieldErrors(node, error.errors ?? []);
        replace(problem, rest.length || !error.errors?.length ? inlineError(error) : null);
        submit.disabled = false;
    }
}

function requestOf({ market, symbols, from, to, strategy, fast, slow, cash, fee }) {
    const names = symbols.split(/[\s,]+/).filter(Boolean).map((name) => name.toUpperCase());
    return {
        ...(market === 'simulated' ? { simulated: true } : { symbols: names }),
        ...(from && { from }), ...(to && { to }), strategy,
        fast: Number(fast), slow: Number(slow), cash: Number(cash), fee: Number(fee) / 100,
    };
}

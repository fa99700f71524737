/** Places an order: what, then what the risk gate would say, then for real. */

import { post } from '../api.js';
import { el, replace } from '../elements.js';
import { money, percent, price, quantity, words } from '../format.js';
import { address, go } from '../router.js';
import { read, watch } from '../store.js';
import { sideBadge } from './badge.js';
import { choice, field, input, showFieldErrors, suggestions, valuesOf } from './form.js';
import { button, facts } from './panel.js';
import { inlineError } from './states.js';
import { toast } from './toast.js';

const SIDES = [['buy', '▲ Buy'], ['sell', '▼ Sell']];
const UNITS = [['quantity', 'Units'], ['share', '% of equity']];
const AMOUNT = { required: true, inputmode: 'decimal', pattern: '[0-9]*[.]?[0-9]+' };
const TONES = { approved: 'up', refused: 'down' };
const MODE_WORDS = { live: 'with REAL money', paper: 'on paper: no money moves' };

/**
 * @param {import('../scope.js').Scope} scope
 * @param {Record<string, string>} begin what stands in the fields: symbol, side, amount, reason
 */
export function orderForm(scope, begin) {
    const place = el('div');
    const form = editForm(scope, begin, (order) => review(place, form, order));
    replace(place, form);
    return place;
}

function editForm(scope, begin, next) {
    const names = suggestions('order-symbols', []);
    watch(scope, 'instruments', ({ items }) => replace(names,
        suggestions('', items.map((item) => item.symbol)).children));
    const problem = el('div', { class: 'full' });
    const form = el('form', { class: 'form', on: { submit: (event) => {
        event.preventDefault();
        check(form, problem, next);
    } } },
    field('Symbol', input('symbol', { value: begin.symbol ?? '', required: true, list: 'order-symbols' })), names,
    choice('Side', 'side', SIDES, begin.side ?? 'buy'),
    field('Amount', input('amount', { ...AMOUNT, value: begin.amount ?? '' }), 'Units, or per cent of equity'),
    choice('Amount is in', 'unit', UNITS, 'quantity'),
    field('Limit price', input('limit_price', { ...AMOUNT, required: false }), 'Empty for an order at the market'),
    field('Reason', input('reason', { required: true, maxlength: 200, value: begin.reason ?? '' }), 'For the record'),
    problem, el('div', { class: 'full row' }, el('button', { type: 'submit', class: 'button primary' }, 'Review order'),
        el('a', { class: 'button', href: '#/orders' }, 'Cancel')));
    return form;
}

async function check(form, problem, next) {
    const order = orderOf(valuesOf(form));
    const submit = form.querySelector('[type=submit]');
    submit.disabled = true;
    replace(problem);
    try {
        next({ order, preview: await post('/orders', { ...order, preview: true }) });
        showFieldErrors(form, []);
    } catch (error) {
        const rest = showFieldErrors(form, error.errors ?? []);
        if (rest.length || !error.errors?.length) replace(problem, inlineError(error));
    } finally {
        submit.disabled = false;
    }
}

function orderOf({ symbol, side, amount, unit, reason, limit_price: limit }) {
    const size = unit === 'share' ? { share: Number(amount) / 100 } : { quantity: Number(amount) };
    return { symbol: symbol.toUpperCase(), side, ...size, ...(limit && { limit_price: Number(limit) }), reason };
}

function review(place, form, { order, preview }) {
    const problem = el('div');
    const confirm = button(`Place the order: ${order.side} ${order.symbol}`, () => send(order, confirm, problem),
        'primary');
    replace(place, el('div', { class: 'stack' },
        el('p', {}, sideBadge(order.side), ' ', el('strong', {}, order.symbol),
            ` ${priceWords(order)}, ${modeWords()}.`),
        previewFacts(preview), problem,
        el('div', { class: 'row' }, confirm, button('Change', () => replace(place, form)))));
    confirm.focus();
}

function priceWords({ limit_price: limit }) {
    return limit ? `at ${price(limit)} or better` : 'at the market';
}

function modeWords() {
    return MODE_WORDS[read('status')?.mode] ?? 'in an unknown mode: it may move real money';
}

function previewFacts(preview) {
    const warnings = preview.warnings ?? [];
    return el('div', { class: 'stack' }, facts([
        ['Quantity', quantity(preview.quantity)],
        ['Price about', price(preview.price)],
        ['Value', money(preview.value)],
        ['Share of equity', percent(preview.share)],
        ['Cash after, before fees', money(preview.cash_after)],
    ]), warnings.length > 0 && el('ul', { class: 'warn' }, warnings.map((warning) => el('li', {}, `▲ ${warning}`))),
    el('p', { class: 'quiet' }, preview.verdict ? verdictText(preview) : 'The risk gate judges it when it is placed.'));
}

function verdictText({ verdict, rule, reason }) {
    return [`The risk gate says: ${words(verdict)}`, rule && words(rule), reason].filter(Boolean).join(', ');
}

async function send(order, confirm, problem) {
    confirm.disabled = true;
    try {
        const placed = await post('/orders', order);
        toast(`${verdictText(placed)}.`, TONES[placed.verdict] ?? 'warn');
        go(placed.order ? address(['orders', placed.order]) : '#/orders');
    } catch (error) {
        replace(problem, inlineError(error));
        confirm.disabled = false;
    }
}

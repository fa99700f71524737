/** Places an order: what, then what the risk gate would say, then for real. */

import { post } from '../api.js';
import { el, replace } from '../elements.js';
import { money, percent, price, quantity, words } from '../format.js';
import { address, go } from '../router.js';
import { read, watch } from '../store.js';
import { sideBadge, stateBadge } from './badge.js';
import { choice, field, input, showFieldErrors, suggestions, valuesOf } from './form.js';
import { button, facts } from './panel.js';
import { inlineError } from './states.js';
import { toast } from './toast.js';

const MODE_WORDS = { live: 'with REAL money', paper: 'on paper: no money moves' };
const NO_PREVIEW = [404, 405, 501];

/**
 * @param {import('../scope.js').Scope} scope
 * @param {string} symbol the one to begin with, or an empty text
 */
export function orderForm(scope, symbol) {
    const place = el('div');
    const form = editForm(scope, symbol, (order) => review(place, form, order));
    replace(place, form);
    return place;
}

function editForm(scope, symbol, next) {
    const names = suggestions('order-symbols', []);
    watch(scope, 'instruments', ({ items }) => replace(names,
        suggestions('', items.map((item) => item.symbol)).children));
    const problem = el('div', { class: 'full' });
    const form = el('form', { class: 'form', on: { submit: (event) => {
        event.preventDefault();
        check(form, problem, next);
    } } },
    field('Symbol', input('symbol', { value: symbol, required: true, list: 'order-symbols', maxlength: 24 })), names,
    choice('Side', 'side', [['buy', '▲ Buy'], ['sell', '▼ Sell']], 'buy'),
    field('Amount', input('amount', { required: true, inputmode: 'decimal', pattern: '[0-9]*[.]?[0-9]+' }),
        'Units, or per cent of equity'),
    choice('Amount is in', 'unit', [['quantity', 'Units'], ['share', '% of equity']], 'quantity'),
    el('div', { class: 'full' }, field('Reason', input('reason', { required: true, maxlength: 200 }),
        'Goes into the audit record')),
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
        next({ order, preview: await previewOf(order) });
        showFieldErrors(form, []);
    } catch (error) {
        const rest = showFieldErrors(form, error.errors ?? []);
        if (rest.length || !error.errors?.length) replace(problem, inlineError(error));
    } finally {
        submit.disabled = false;
    }
}

function orderOf({ symbol, side, amount, unit, reason }) {
    const size = unit === 'share' ? { share: Number(amount) / 100 } : { quantity: amount };
    return { symbol: symbol.toUpperCase(), side, ...size, reason };
}

/** What the gate would say; null where the server cannot tell before. */
async function previewOf(order) {
    try {
        return await post('/orders/preview', order);
    } catch (error) {
        if (NO_PREVIEW.includes(error.status)) return null;
        throw error;
    }
}

function review(place, form, { order, preview }) {
    const problem = el('div');
    const confirm = button(`Place the order: ${order.side} ${order.symbol}`, () => send(order, confirm, problem),
        'primary');
    replace(place, el('div', { class: 'stack' },
        el('p', {}, sideBadge(order.side), ' ', el('strong', {}, order.symbol), ` at the market, ${modeWords()}.`),
        preview ? previewFacts(preview) : facts(typedFacts(order)), problem,
        el('div', { class: 'row' }, confirm, button('Change', () => replace(place, form)))));
    confirm.focus();
}

function modeWords() {
    return MODE_WORDS[read('status')?.mode] ?? 'in an unknown mode: it may move real money';
}

function typedFacts(order) {
    return [['Amount', order.share === undefined ? quantity(order.quantity) : `${percent(order.share)} of equity`],
        ['Reason', order.reason], ['Risk gate', 'judges the order when it is placed']];
}

function previewFacts(preview) {
    return el('div', { class: 'stack' }, el('p', {}, 'The risk gate says now: ', stateBadge(preview.verdict), ' ',
        preview.rule && el('strong', {}, `${words(preview.rule)}: `), preview.reason), facts([
        ['Quantity', quantity(preview.quantity)], ['Price about', price(preview.price)],
            ['Value', money(preview.value)],
        ['Share of equity', percent(preview.share)], ['Cash after', money(preview.cash_after)],
            ['Fee about', money(preview.fee)],
    ]), preview.warnings?.length > 0 && el('ul', { class: 'quiet' },
        preview.warnings.map((warning) => el('li', {}, warning))));
}

async function send(order, confirm, problem) {
    confirm.disabled = true;
    try {
        const placed = await post('/orders', order);
        toast(placed.verdict === 'refused' ? `The risk gate refused it: ${placed.verdict_reason ?? words(placed.rule)}`
            : `Order ${placed.id ?? ''} was placed.`, placed.verdict === 'refused' ? 'warn' : 'up');
        go(placed.id ? address(['orders', placed.id]) : '#/orders');
    } catch (error) {
        replace(problem, inlineError(error));
        confirm.disabled = false;
    }
}

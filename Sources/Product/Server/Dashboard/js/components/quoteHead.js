/** One instrument's price, large, with what is held of it and what can be done. */

import { el, setAttribute, setText } from '../elements.js';
import { ABSENT, arrowed, compact, isKnown, percent, price, quantity, tone } from '../format.js';
import { address } from '../router.js';
import { read, watch } from '../store.js';
import { askToFlatten } from './control.js';
import { profitText } from './columns.js';
import { button } from './panel.js';

/**
 * @param {import('../scope.js').Scope} scope
 * @param {string} symbol
 * @returns {{node: HTMLElement, update: (quote: any) => void}}
 */
export function quoteHead(scope, symbol) {
    const last = el('span', { class: 'quote-last' }, ABSENT);
    const change = el('span', { class: 'quote-change' });
    const range = el('span', { class: 'quiet quote-range' });
    const held = el('div', { class: 'quote-held' });
    const name = (read('instruments')?.items ?? []).find((item) => item.symbol === symbol)?.name;
    watch(scope, 'portfolio', ({ positions = [] }) => showHeld(held, positions.find((item) => item.symbol === symbol),
        symbol));
    const node = el('div', { class: 'quote-head' },
        el('div', {}, el('h2', {}, symbol, name && el('span', { class: 'quiet' }, ` ${name}`)),
            el('div', { class: 'quote-line' }, last, change, range)),
        el('div', { class: 'quote-side' }, held,
            el('a', { class: 'button', href: address(['orders'], { new: '1', symbol }) }, 'Order…')));
    return { node, update: (quote) => draw(quote, { last, change, range }) };
}

function draw(quote, { last, change, range }) {
    setText(last, price(quote.last));
    setText(change, arrowed(quote.change, percent));
    setAttribute(change, 'class', `quote-change ${tone(quote.change)}`);
    setText(range, `low ${price(quote.low)} · high ${price(quote.high)} · volume ${compact(quote.volume)}`);
}

function showHeld(place, position, symbol) {
    if (!position || !isKnown(position.quantity)) return setText(place, 'Not held');
    if (!place.querySelector('.held-text')) {
        place.replaceChildren(el('span', { class: 'held-text' }), ' ', el('span', { class: 'held-profit' }), ' ',
            button('Close…', () => askToFlatten(symbol), 'small'));
    }
    setText(place.querySelector('.held-text'),
        `${quantity(position.quantity)} held at ${price(position.average_price)}`);
    const profit = place.querySelector('.held-profit');
    setText(profit, profitText(position.unrealised_profit));
    setAttribute(profit, 'class', `held-profit ${tone(position.unrealised_profit)}`);
}

/** The figures that a trader looks at first, and the state of trading. */

import { el, setAttribute, setText } from '../elements.js';
import { arrowed, ABSENT, dateTime, isKnown, money, percent, roundMoney, signed, tone } from '../format.js';
import { read, watch } from '../store.js';
import { oncePerFrame } from '../timing.js';
import { stateBadge } from './badge.js';
import { askToFlatten, askToHalt, askToReduceOnly, askToResume } from './control.js';
import { meter } from './meter.js';
import { button, panel } from './panel.js';
import { skeleton } from './states.js';
import { reasonText } from '../wording.js';

/**
 * Equity, the day, exposure, drawdown, cash: live.
 * @param {import('../scope.js').Scope} scope
 */
export function figureStrip(scope) {
    const boxes = {
        equity: liveFigure('Equity'), day: liveFigure('Today'), exposure: liveFigure('Exposure'),
        cash: liveFigure('Cash'), drawdown: liveFigure('Drawdown'),
    };
    const loss = meter('Daily loss limit');
    boxes.day.node.append(loss.node);
    boxes.day.node.classList.add('figure-day');
    const draw = oncePerFrame(scope, () => {
        const portfolio = read('portfolio');
        if (!portfolio) return;
        drawMoney(boxes, portfolio);
        drawDay(boxes.day, loss, portfolio.day);
    });
    watch(scope, 'portfolio', draw);
    return el('div', { class: 'figures' }, Object.values(boxes).map(({ node }) => node));
}

function drawMoney(boxes, portfolio) {
    const currency = read('status')?.currency ?? '';
    const total = isKnown(portfolio.initial_cash) && portfolio.initial_cash > 0
        ? portfolio.equity / portfolio.initial_cash - 1 : null;
    const exposure = portfolio.exposure ?? {};
    boxes.equity.set(roundMoney(portfolio.equity), currency,
        `${signed(total, percent)} since ${roundMoney(portfolio.initial_cash)}`);
    boxes.exposure.set(percent(exposure.share, 1), '', exposureText(exposure));
    boxes.cash.set(roundMoney(portfolio.cash), currency, `fees paid ${money(portfolio.fees)}`);
    boxes.drawdown.set(percent(portfolio.drawdown), '', `deepest ${percent(portfolio.deepest_drawdown)}`);
}

function drawDay(box, loss, day = {}) {
    const used = isKnown(day.return) && day.loss_limit > 0 ? Math.max(0, -day.return / day.loss_limit) : null;
    box.set(arrowed(day.profit, roundMoney), signed(day.return, percent), '', tone(day.profit));
    loss.update(used, lossText(used, day));
}

function exposureText({ gross, net }) {
    return gross === net ? `gross ${roundMoney(gross)}` : `gross ${roundMoney(gross)}, net ${roundMoney(net)}`;
}

function lossText(used, { loss_limit: limit, loss_limit_equity: equity }) {
    if (!limit) return 'No daily loss limit is set';
    return `${percent(used, 0)} of the ${percent(limit, 1)} loss limit · halts at ${roundMoney(equity)}`;
}

function liveFigure(name) {
    const value = el('span', { class: 'figure-number' }, ABSENT);
    const unit = el('span', { class: 'figure-unit' });
    const below = el('div', { class: 'figure-below' });
    const node = el('div', { class: 'figure' }, el('div', { class: 'figure-name' }, name),
        el('div', { class: 'figure-value' }, value, ' ', unit), below);
    return {
        node,
        set(text, unitText, belowText, valueTone = '') {
            setText(value, text);
            setText(unit, unitText);
            setText(below, belowText);
            setAttribute(value, 'class', `figure-number ${valueTone}`);
            setAttribute(unit, 'class', `figure-unit ${valueTone}`);
        },
    };
}

/**
 * Whether trading is active, why not, what lifts it, and what can be done.
 * @param {import('../scope.js').Scope} scope
 */
export function tradingPanel(scope) {
    const place = el('div', {}, skeleton(2));
    let shown = '';
    watch(scope, 'status', (status) => {
        const key = JSON.stringify([status.trading, status.state]);
        if (key === shown) return;
        shown = key;
        place.replaceChildren(tradingState(status));
    });
    return panel('Trading', { class: 'is-first' }, place);
}

function tradingState({ trading: known, state }) {
    if (!known) return el('div', { class: 'trading-state' }, runHint(state));
    const trading = known;
    const isActive = trading.state === 'active';
    return el('div', { class: 'trading-state' },
        el('p', { class: 'trading-line' }, stateBadge(trading.state), ' ',
            isActive ? 'Orders pass within the risk limits.' : reasonText(trading.reason)),
        !isActive && el('p', { class: 'quiet' },
            `Since ${dateTime(trading.since)}. Lifted by: ${liftsText(trading.lifts)}.`),
        state !== 'running' && runHint(state),
        el('div', { class: 'row' },
            isActive ? button('Halt', askToHalt, 'danger') : button('Resume…', askToResume),
            trading.state !== 'reduce_only' && button('Reduce only…', askToReduceOnly),
            button('Flatten…', askToFlatten, 'danger')));
}

function runHint(state) {
    const words = !state || state === 'none' ? 'not started' : state;
    return el('p', { class: 'quiet' }, `The run is ${words}. Start one in the terminal: `,
        el('code', {}, 'bellwether run'));
}

/**
 * What would lift a halt, in words.
 * @param {any} lifts
 */
export function liftsText(lifts) {
    if (!lifts) return 'a person who resumes';
    return typeof lifts === 'string' ? lifts : lifts.text ?? JSON.stringify(lifts);
}

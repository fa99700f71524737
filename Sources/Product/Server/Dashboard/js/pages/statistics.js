/** What runs came to, promises beside what was measured, and what it costs. */

import { get } from '../api.js';
import { targetTable } from '../components/figures.js';
import { numberColumn } from '../components/columns.js';
import { facts, figure, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { el } from '../elements.js';
import { isKnown, money, number, percent, span } from '../format.js';

export const title = 'Statistics';

const REFRESH = 15000;

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const runs = resource(scope, (signal) => get('/statistics', {}, signal), statisticsView);
    const desk = resource(
        scope,
        (signal) => get('/performance', {}, signal),
        ({ targets = [] }) => targetTable(targets),
    );
    scope.every(REFRESH, runs.reload);
    return el('div', { class: 'page' }, pageHead('Statistics'), systemTabs('#/system/statistics'),
        runs.node, panel("The desk's targets", {}, desk.node));
}

function statisticsView(statistics) {
    return el('div', { class: 'stack' }, el('div', { class: 'figures' },
        figure('Runs in 24 hours', number(statistics.executions_last_24h)),
        figure('Success', percent(statistics.success_rate, 1), `${number(statistics.failed)} failed`),
        figure('Average duration', span(statistics.average_duration)),
        figure('Open now', number(statistics.open))),
    el('div', { class: 'columns' }, panel('Service level', {}, targetTable(statistics.service_levels ?? [])),
        panel('Cost at assumed prices', {}, economics(statistics.economics))),
    panel('Steps', {}, steps(statistics.steps_performance ?? {})));
}

function economics(found) {
    if (!found) return emptyState('No cost was computed.');
    const { cost = {}, per_day: day = {} } = found;
    return facts([
        ['A day', dollars(cost.day)],
        ['A month', dollars(cost.month)],
        ['A year', dollars(cost.year)],
        ['Runs a day', number(day.executions)],
        ['Messages a day', number(day.messages)],
        ['Agent minutes a day', number(day.agent_minutes)],
        ['Return on cost', percent(found.roi, 0)],
    ]);
}

function dollars(value) {
    return isKnown(value) ? `${money(value)} USD` : '–';
}

function steps(performance) {
    const table = new DataTable({
        caption: 'Steps', key: ({ name }) => name, empty: emptyState('No step was done in this time.'),
        columns: [
            { title: 'Step', grow: true, text: ({ name }) => name, sort: ({ name }) => name },
            numberColumn('Times', 8, ({ executions }) => executions, number),
            numberColumn('Tries', 8, ({ attempts }) => attempts, number),
            numberColumn('Average', 10, ({ avg_time: average }) => average, span),
            numberColumn('Success', 9, ({ success_rate: rate }) => rate, (rate) => percent(rate, 1)),
        ],
    });
    table.set(Object.entries(performance).map(([name, step]) => ({ name, ...step })));
    return table.node;
}

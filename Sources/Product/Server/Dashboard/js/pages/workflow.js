/** One workflow: its graph, running it, its triggers, runs and document. */

import { encode, get, getList, post } from '../api.js';
import { badge } from '../components/badge.js';
import { settle } from '../components/confirmation.js';
import { ask } from '../components/dialog.js';
import { field } from '../components/form.js';
import { liveGraph } from '../components/liveGraph.js';
import { jsonBlock } from '../components/json.js';
import { button, facts, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { runColumns } from '../components/runColumns.js';
import { emptyState } from '../components/states.js';
import { DataTable } from '../components/table.js';
import { triggerTable } from '../components/triggerTable.js';
import { el } from '../elements.js';
import { counted, dateTime, number } from '../format.js';
import { address, go } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';

export const title = 'Workflow';

const TEST_QUESTION = {
    action: 'Run in test mode',
    about: 'Steps that would have an effect outside only say what they would do.',
};
const REAL_QUESTION = {
    action: 'Run for real', tone: 'warn',
    about: 'Steps have their effects: orders go through the risk gate, messages are sent.',
};

/** @param {import('../app.js').Page} page */
export function show({ scope, params: { name }, setTitle }) {
    setTitle(name);
    const runs = runList(scope, name);
    return el('div', { class: 'page' },
        pageHead(name, button('Run in test mode…', () => askToRun(name, true), 'primary'),
            button('Run for real…', () => askToRun(name, false)), el('a', { href: '#/workflows' }, 'All workflows')),
        panel('Graph', {}, liveGraph(scope, name)),
        panel('Runs', { actions: el('a', { href: address(['runs'], { workflow: name }) }, 'All of its runs') }, runs),
        resource(scope, (signal) => get(`/workflows/${encode(name)}`, {}, signal),
            (workflow) => details(scope, workflow)).node);
}

function runList(scope, name) {
    const table = new DataTable({ caption: `Runs of ${name}`, columns: runColumns, key: ({ execution_id: id }) => id,
        empty: emptyState('It has not run yet.', 'Run it in test mode: nothing is sent anywhere.') });
    const view = resource(scope, (signal) => getList('/runs', { workflow: name, limit: 8 }, signal), ({ items }) => {
        table.set(items);
        return { node: table.node, update: (answer) => table.set(answer.items) };
    });
    const reload = atMostEvery(scope, 1000, view.reload);
    stream.on(scope, 'workflows', ({ workflow }) => workflow === name && reload());
    return view.node;
}

function details(scope, workflow) {
    return el('div', { class: 'stack' },
        panel('Triggers', {}, triggerTable(scope, workflow.triggers ?? [], workflow.workflow_id)),
        panel('Definition', {}, definition(workflow)));
}

function definition(workflow) {
    const unknown = workflow.unknown_types ?? [];
    return el('div', { class: 'stack' }, el('p', {}, workflow.description || 'No description.'), facts([
        ['Version', number(workflow.version)],
        ['Priority', workflow.priority ?? '–'],
        ['Steps', number(workflow.steps)],
        ['Created', workflow.shipped ? 'shipped with Bellwether' : dateTime(workflow.created_at)],
        ['Features', (workflow.features ?? []).join(', ') || '–'],
        ['Unknown step types', unknown.length ? badge(unknown.join(', '), 'warn') : undefined],
    ]), folded('Document', jsonBlock(workflow.document ?? 'The server did not send the document.')),
    workflow.versions?.length > 1 && folded(counted(workflow.versions.length, 'version'), versions(workflow)));
}

function folded(title, content) {
    return el('details', {}, el('summary', {}, title), content);
}

function versions({ versions: all }) {
    return el('ul', { class: 'plain-list' }, all.map(({ version, created_at: created, note }) =>
        el('li', {}, `${version} · ${dateTime(created)} ${note ?? ''}`)));
}

async function askToRun(name, isTest) {
    const values = el('textarea', { class: 'input mono', name: 'input', rows: 5, spellcheck: 'false' }, '{}');
    const run = await ask({
        ...(isTest ? TEST_QUESTION : REAL_QUESTION),
        title: `Run ${name} ${isTest ? 'in test mode' : 'for real'}?`,
        text: el('div', { class: 'stack' }, el('p', {}, isTest ? TEST_QUESTION.about : REAL_QUESTION.about),
            field('Input, a JSON object', values)),
        run: () => post(`/workflows/${encode(name)}/runs`, { input: parsed(values.value), test_mode: isTest }),
    });
    if (!run) return;
    await settle(run, `Run ${run.execution_id ?? ''} has begun.`);
    if (run.execution_id) go(address(['runs', run.execution_id]));
}

function parsed(text) {
    try {
        return JSON.parse(text || '{}');
    } catch (error) {
        throw Object.assign(new Error(`It must be a JSON object: ${error.message}`),
            { title: 'The input cannot be read.', errors: [] });
    }
}

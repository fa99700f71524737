/** The graph of a workflow that follows its runs. */

import { encode, get } from '../api.js';
import { el, replace } from '../elements.js';
import { counted } from '../format.js';
import { address } from '../router.js';
import { stream } from '../stream.js';
import { atMostEvery } from '../timing.js';
import { resource } from './resource.js';
import { emptyState } from './states.js';
import { stateAfter, workflowGraph } from './workflowGraph.js';

/**
 * @param {import('../scope.js').Scope} scope
 * @param {string} workflow
 * @param {string} [run] whose states are shown; without it those of the latest
 * @param {(step: string) => void} [select]
 */
export function liveGraph(scope, workflow, run, select) {
    let graph = null;
    let shownRun = run;
    const whose = el('p', { class: 'quiet small' });
    const draw = (answer) => {
        shownRun = run ?? answer.execution_id;
        replace(whose, whoseStates(answer, shownRun));
        if (graph) return answer.nodes?.forEach(({ name, status }) => graph.setState(name, status ?? null));
        graph = workflowGraph(answer.nodes, select);
    };
    const view = resource(scope, (signal) => get(`/workflows/${encode(workflow)}/graph`, { run }, signal), (answer) => {
        if (!answer.nodes?.length) return emptyState('The workflow has no steps.');
        draw(answer);
        return { node: el('div', {}, graph.node, whose), update: draw };
    }, { lines: 5 });
    const reload = atMostEvery(scope, 1500, view.reload);
    stream.on(scope, 'workflows', (event) => {
        if (run ? event.run !== run : event.workflow !== workflow) return;
        if (event.run === shownRun && stateAfter(event.event)) graph?.setState(event.subject, stateAfter(event.event));
        reload();
    });
    scope.listen(stream, 'missed', view.reload);
    return view.node;
}

function whoseStates(answer, run) {
    if (!run) return `${counted(answer.nodes.length, 'step')}. It has not run yet.`;
    return [`${counted(answer.nodes.length, 'step')}. States of run `,
        el('a', { href: address(['runs', run]), class: 'mono' }, run)];
}

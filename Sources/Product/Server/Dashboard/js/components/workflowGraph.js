/** A workflow drawn as a graph, with the states of one run on it. */

import { el, setAttribute, setText, svg } from '../elements.js';
import { words } from '../format.js';
import { stateSign } from './badge.js';
import { layOut, NODE } from './graphLayout.js';

const LONGEST_NAME = 21;
const LONGEST_TYPE = 19;
const RUNNING = ['RUNNING', 'RETRYING'];

/**
 * @param {import('./graphLayout.js').GraphNode[]} nodes
 * @param {(name: string) => void} [select] called when a node is chosen
 * @returns {{node: HTMLElement, setState: (name: string, state: string | null) => void}}
 */
export function workflowGraph(nodes, select) {
    const layout = layOut(nodes);
    const drawn = new Map();
    for (const placed of layout.placed.values()) drawn.set(placed.node.name, drawNode(placed, select));
    const picture = svg('svg', { class: 'graph', width: layout.width, height: layout.height,
        viewBox: `0 0 ${layout.width} ${layout.height}`,
        role: 'group', 'aria-label': `Graph of ${nodes.length} steps, from left to right` },
    layout.stages.map(({ name, x }) => svg('text', { class: 'graph-stage', x, y: 13 }, words(name))),
    edges(layout), Array.from(drawn.values(), ({ node }) => node));
    const setState = (name, state) => drawn.get(name)?.show(state);
    nodes.forEach(({ name, status }) => setState(name, status ?? null));
    return { node: el('div', { class: 'graph-scroll', tabindex: '0', role: 'region',
        'aria-label': 'Graph of the workflow' }, picture), setState };
}

function edges({ placed }) {
    return Array.from(placed.values()).flatMap((target) => (target.node.depends_on ?? [])
        .map((name) => placed.get(name)).filter(Boolean).map((source) => edge(source, target)));
}

function edge(source, target) {
    const [x1, y1] = [source.x + NODE.width, source.y + NODE.height / 2];
    const [x2, y2] = [target.x, target.y + NODE.height / 2];
    const bend = Math.max(24, (x2 - x1) / 2);
    return svg('path', { class: 'graph-edge',
        d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2 - 5} ${y2}m-4 -3.500l5 3.500l-5 3.500` });
}

function drawNode({ node: step, x, y }, select) {
    const sign = svg('text', { class: 'graph-sign', x: NODE.width - 12, y: 20, 'text-anchor': 'end' });
    const about = svg('text', { class: 'graph-type', x: 12, y: 40 });
    const name = svg('title');
    const node = svg('g', { class: 'graph-node', transform: `translate(${x} ${y})`, tabindex: select ? '0' : null,
        role: select ? 'button' : 'img',
        on: select ? { click: () => select(step.name),
            keydown: (event) => chooseByKey(event, () => select(step.name)) } : {} },
    name, svg('rect', { width: NODE.width, height: NODE.height, rx: 6 }),
    svg('text', { class: 'graph-name', x: 12, y: 20 }, cut(step.name, LONGEST_NAME)), about, sign);
    const show = (state) => showState({ node, sign, about, name }, step, state);
    return { node, show };
}

function showState({ node, sign, about, name }, step, state) {
    const [mark, tone] = state ? stateSign(state) : ['', ''];
    const isRunning = RUNNING.includes(String(state).toUpperCase());
    setAttribute(node, 'class', `graph-node ${tone} ${isRunning ? 'is-running' : ''}`);
    setText(sign, mark);
    setText(about, cut(step.agent ? `${words(step.type)} · ${step.agent}` : words(step.type), LONGEST_TYPE + 6));
    const text = [
        step.name,
        words(step.type),
        step.condition && `if ${step.condition}`,
        state && words(state),
    ].filter(Boolean).join(', ');
    setText(name, text);
    setAttribute(node, 'aria-label', text);
}

function chooseByKey(event, action) {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    action();
}

function cut(text, length) {
    return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/**
 * The state that an event puts a task in; null where it says nothing of a task.
 * @param {string} event
 */
export function stateAfter(event) {
    return { task_started: 'RUNNING', task_completed: 'COMPLETED', task_failed: 'FAILED',
        task_retrying: 'RETRYING' }[event] ?? null;
}

/** Where the nodes of a workflow stand: in layers from left to right, each after all that it depends on. */

export const NODE = { width: 172, height: 54 };
const GAP = { across: 58, down: 18 };
const HEAD = 26;
const SWEEPS = 4;

/**
 * @typedef {{name: string, type?: string, stage?: string | null, depends_on?: string[], agent?: string | null,
 *     status?: string | null, condition?: string | null}} GraphNode
 * @typedef {{node: GraphNode, x: number, y: number, layer: number}} Placed
 * @typedef {{placed: Map<string, Placed>, stages: {name: string, x: number}[], width: number, height: number}} Layout
 */

/**
 * Places nodes.
 * @param {GraphNode[]} nodes
 * @returns {Layout}
 */
export function layOut(nodes) {
    const depths = depthsOf(nodes);
    const layers = Array.from({ length: Math.max(0, ...depths.values()) + 1 }, () => []);
    nodes.forEach((node) => layers[depths.get(node.name)].push(node));
    sweep(layers);
    const head = nodes.some(({ stage }) => stage) ? HEAD : 1;
    const tallest = Math.max(1, ...layers.map((layer) => layer.length));
    const height = head + tallest * (NODE.height + GAP.down) - GAP.down + 2;
    return {
        placed: new Map(layers.flatMap((layer, place) => placeLayer(layer, place, head, height))),
        stages: stagesOf(layers), height, width: layers.length * (NODE.width + GAP.across) - GAP.across + 2,
    };
}

/** How many come before each; a stage begins after the one before it. A circle, which no plan has, is cut. */
function depthsOf(nodes) {
    const byName = new Map(nodes.map((node) => [node.name, node]));
    const stageStart = new Map();
    const depths = new Map();
    const visiting = new Set();
    const depth = (node) => {
        if (depths.has(node.name)) return depths.get(node.name);
        if (visiting.has(node.name)) return 0;
        visiting.add(node.name);
        const before = (node.depends_on ?? []).map((name) => byName.get(name)).filter(Boolean)
            .map((own) => depth(own) + 1);
        depths.set(node.name, Math.max(stageStart.get(node.stage) ?? 0, 0, ...before));
        return depths.get(node.name);
    };
    let end = 0;
    for (const stage of new Set(nodes.map((node) => node.stage ?? null))) {
        stageStart.set(stage, stage === null ? 0 : end);
        const own = nodes.filter((node) => (node.stage ?? null) === stage);
        end = Math.max(end, ...own.map((node) => depth(node) + 1));
    }
    return depths;
}

/** Puts each node near the middle of what it depends on, so that lines cross less. */
function sweep(layers) {
    for (let round = 0; round < SWEEPS; round += 1) {
        const places = new Map(layers.flatMap((layer) =>
            layer.map((node, place) => [node.name, place - layer.length / 2])));
        for (const layer of layers.slice(1)) {
            const middles = new Map(layer.map((node) => [node, middle(node, places)]));
            layer.sort((left, right) => middles.get(left) - middles.get(right));
        }
    }
}

function middle(node, places) {
    const before = (node.depends_on ?? []).filter((name) => places.has(name)).map((name) => places.get(name));
    return before.length ? before.reduce((sum, place) => sum + place, 0) / before.length : places.get(node.name);
}

function placeLayer(layer, place, head, height) {
    const own = layer.length * (NODE.height + GAP.down) - GAP.down;
    const top = head + (height - head - own) / 2;
    return layer.map((node, row) =>
        [node.name, { node, layer: place, x: 1 + place * (NODE.width + GAP.across),
            y: top + row * (NODE.height + GAP.down) }]);
}

function stagesOf(layers) {
    const seen = new Map();
    layers.forEach((layer, place) => layer.forEach(({ stage }) => {
        if (stage && !seen.has(stage)) seen.set(stage, 1 + place * (NODE.width + GAP.across));
    }));
    return Array.from(seen, ([name, x]) => ({ name, x }));
}

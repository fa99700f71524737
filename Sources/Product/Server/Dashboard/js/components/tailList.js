/** A list of numbered lines: the newest first, followed live, so many and no more. */

import { get } from '../api.js';
import { stream } from '../stream.js';
import { oncePerFrame } from '../timing.js';
import { resource } from './resource.js';

const PAGE = 500;
const MOST_PAGES = 10;

/**
 * @param {import('../scope.js').Scope} scope
 * @param {{table: import('./table.js').DataTable, path: string, query?: Record<string, any>, topic: string,
 *     limit: number, accepts?: (item: any) => boolean}} list `accepts` says which lines of the stream are shown
 * @returns {HTMLElement}
 */
export function tailList(scope, { table, path, query = {}, topic, limit, accepts = () => true }) {
    const view = resource(scope, (signal) => newest(path, query, limit, signal), (items) => {
        table.set(items);
        return { node: table.node, update: (found) => table.set(found) };
    });
    let waiting = [];
    const draw = oncePerFrame(scope, () => {
        waiting.forEach((item) => table.put(item));
        waiting = [];
    });
    stream.on(scope, topic, (item) => {
        if (!accepts(item)) return;
        waiting = [...waiting, item].slice(-limit);
        draw();
    });
    scope.listen(stream, 'missed', view.reload);
    return view.node;
}

/** The server gives lines after a number, oldest first: asks on until there are no more, and keeps the last. */
async function newest(path, query, limit, signal) {
    let found = [];
    let after = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
        const answer = await get(path, { ...query, after, limit: PAGE }, signal);
        const items = answer.items ?? [];
        found = [...found, ...items].slice(-limit);
        after = answer.last;
        if (items.length < PAGE || after === undefined) break;
    }
    return found.reverse();
}

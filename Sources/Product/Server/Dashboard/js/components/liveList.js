/** A list that is loaded, kept fresh by the stream, and goes back as far as wanted. */

import { getList } from '../api.js';
import { el, replace } from '../elements.js';
import { stream } from '../stream.js';
import { oncePerFrame } from '../timing.js';
import { button } from './panel.js';
import { resource } from './resource.js';
import { toastError } from './toast.js';

const ANY = () => true;

/**
 * @param {import('../scope.js').Scope} scope
 * @param {{table: import('./table.js').DataTable, path: string, query?: Record<string, any>, limit?: number,
 *     topic?: string, accepts?: (item: any) => boolean, hasOlder?: boolean}} list `accepts` says which items of the
 *     stream belong here
 * @returns {{node: HTMLElement, reload: () => void}}
 */
export function liveList(scope, { table, path, query = {}, limit = 50, topic, accepts = ANY, hasOlder = false }) {
    const more = el('div', { class: 'older' });
    let older = [];
    const load = (cursor, signal) => getList(path, { ...query, limit, cursor }, signal);
    const view = resource(scope, (signal) => load(null, signal), ({ items, next }) => {
        table.set(items);
        offerOlder(next);
        return { node: el('div', {}, table.node, more), update: (answer) => table.set([...answer.items, ...older]) };
    });
    if (topic) follow(scope, topic, table, limit, accepts);
    scope.listen(stream, 'missed', view.reload);
    return view;

    function offerOlder(cursor) {
        replace(more, hasOlder && cursor && button('Show older', () => showOlder(cursor)));
    }

    async function showOlder(cursor) {
        try {
            const { items, next } = await load(cursor, scope.signal);
            older = [...older, ...items];
            table.append(items);
            offerOlder(next);
        } catch (error) {
            if (!scope.isOver) toastError(error);
        }
    }
}

/** Items wait for the next frame; of a flood, only as many as the list shows are kept. */
function follow(scope, topic, table, limit, accepts) {
    let waiting = [];
    const draw = oncePerFrame(scope, () => {
        waiting.forEach((item) => table.put(item));
        waiting = [];
    });
    stream.on(scope, topic, (item) => {
        if (!accepts(item)) return;
        waiting.push(item);
        if (waiting.length > limit) waiting.shift();
        draw();
    });
}

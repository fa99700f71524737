/** Something that is loaded: grey lines first, then what came, or why it did not. */

import { el, replace } from '../elements.js';
import { whenBack } from '../stream.js';
import { errorState, inlineError, skeleton } from './states.js';

/**
 * @typedef {Node | {node: Node, update: (data: any) => void}} View what is shown; with `update` it is kept when new
 *     data come
 */

/**
 * Loads and shows something; `reload` loads it again and keeps what is shown meanwhile.
 * @param {import('../scope.js').Scope} scope
 * @param {(signal: AbortSignal) => Promise<any>} load
 * @param {(data: any) => View} render
 * @param {{lines?: number}} [options]
 */
export function resource(scope, load, render, { lines = 4 } = {}) {
    const warning = el('div', { class: 'resource-warning' });
    const place = el('div', {}, skeleton(lines));
    const node = el('div', { class: 'resource', 'aria-busy': 'true' }, warning, place);
    let view = null;
    let isLoading = false;
    let isAskedAgain = false;
    let isAway = false;
    let timer = 0;
    scope.onEnd(() => clearTimeout(timer));

    /** One at a time: asked for meanwhile, it comes after a pause as long as the last one took. */
    async function reload() {
        if (isLoading) return void (isAskedAgain = true);
        [isLoading, isAskedAgain] = [true, false];
        const begin = performance.now();
        await loadOnce();
        if (scope.isOver) return;
        isLoading = isAskedAgain;
        if (isAskedAgain) timer = setTimeout(again, performance.now() - begin);
    }

    function again() {
        isLoading = false;
        reload();
    }

    async function loadOnce() {
        try {
            const data = await load(scope.signal);
            if (!scope.isOver) show(data);
        } catch (error) {
            if (!scope.isOver) fail(error);
        }
        node.setAttribute('aria-busy', 'false');
    }

    function show(data) {
        replace(warning);
        if (view?.update) return view.update(data);
        view = render(data);
        replace(place, view.update ? view.node : view);
    }

    function fail(error) {
        if (error.code === 'unreachable' && !isAway) awaitServer();
        if (view) replace(warning, inlineError(error));
        else replace(place, errorState(error, reload));
    }

    function awaitServer() {
        isAway = true;
        whenBack(scope, () => {
            isAway = false;
            reload();
        });
    }

    reload();
    return { node, reload };
}

/** When work is done: once a frame, or not more often than every so many milliseconds. */

/**
 * Does the work in the next frame, once, however often it is asked for.
 * @param {import('./scope.js').Scope} scope
 * @param {() => void} work
 * @returns {() => void}
 */
export function oncePerFrame(scope, work) {
    let asked = 0;
    scope.onEnd(() => cancelAnimationFrame(asked));
    return () => {
        asked ||= requestAnimationFrame(() => {
            asked = 0;
            if (!scope.isOver) work();
        });
    };
}

/**
 * Does the work at once, then at most once in each interval; the last call is never lost.
 * @param {import('./scope.js').Scope} scope
 * @param {number} milliseconds
 * @param {() => void} work
 * @returns {() => void}
 */
export function atMostEvery(scope, milliseconds, work) {
    let timer = 0;
    let last = -Infinity;
    const run = () => {
        timer = 0;
        last = performance.now();
        work();
    };
    scope.onEnd(() => clearTimeout(timer));
    return () => {
        if (scope.isOver || timer) return;
        timer = setTimeout(run, Math.max(0, last + milliseconds - performance.now()));
    };
}

/** What more than one part of the page shows. Parts watch the names they care about. */

/**
 * @typedef {'session'|'isSignedOut'|'status'|'portfolio'|'risk'|'instruments'} Name
 */

const values = new Map();
const watchers = new Map();

/**
 * The value of a name; null where it is not known yet.
 * @param {Name} name
 */
export function read(name) {
    return values.get(name) ?? null;
}

/**
 * Sets a value and tells who watches it.
 * @param {Name} name
 * @param {any} value
 */
export function write(name, value) {
    values.set(name, value);
    for (const watcher of watchers.get(name) ?? []) watcher(value);
}

/**
 * Adds to a value's fields.
 * @param {Name} name
 * @param {object} fields
 */
export function merge(name, fields) {
    write(name, { ...read(name), ...fields });
}

/**
 * Calls with the value now, where there is one, and whenever it changes, until the scope ends.
 * @param {import('./scope.js').Scope} scope
 * @param {Name} name
 * @param {(value: any) => void} watcher
 */
export function watch(scope, name, watcher) {
    const own = watchers.get(name) ?? new Set();
    watchers.set(name, own);
    own.add(watcher);
    scope.onEnd(() => own.delete(watcher));
    if (values.has(name)) watcher(values.get(name));
}

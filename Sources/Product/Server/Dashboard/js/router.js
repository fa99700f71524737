/** Which page the address names. Addresses are `#/page/part?name=value`. */

/**
 * @typedef {{page: string, params: Record<string, string>, query: URLSearchParams}} Place
 * @typedef {[pattern: string, page: string]} Route the page is a module in `pages/`
 */

/** @type {Route[]} */
const ROUTES = [
    ['overview', 'overview'],
    ['markets', 'markets'],
    ['markets/:symbol', 'markets'],
    ['decisions', 'decisions'],
    ['decisions/:sequence', 'decision'],
    ['orders', 'orders'],
    ['orders/:id', 'order'],
    ['workflows', 'workflows'],
    ['workflows/new', 'workflowNew'],
    ['workflows/:name', 'workflow'],
    ['runs', 'runs'],
    ['runs/:id', 'run'],
    ['triggers', 'triggers'],
    ['queues', 'queues'],
    ['queues/:name', 'queue'],
    ['queues/:name/dead', 'deadLetters'],
    ['backtests', 'backtests'],
    ['backtests/new', 'backtestNew'],
    ['backtests/:id', 'backtest'],
    ['system', 'system'],
    ['system/log', 'log'],
    ['system/events', 'events'],
    ['system/statistics', 'statistics'],
    ['system/audit', 'audit'],
    ['system/keys', 'keys'],
    ['system/access', 'access'],
    ['settings', 'limits'],
    ['settings/confirmations', 'confirmations'],
    ['settings/appearance', 'appearance'],
];

/**
 * The place that the address names; null where there is none.
 * @param {string} hash
 * @returns {Place | null}
 */
export function placeOf(hash) {
    const [path, queryText = ''] = hash.replace(/^#\/?/, '').split('?');
    const parts = (path || 'overview').split('/').filter(Boolean);
    for (const [pattern, page] of ROUTES) {
        const params = match(pattern.split('/'), parts);
        if (params) return { page, params, query: new URLSearchParams(queryText) };
    }
    return null;
}

/**
 * An address.
 * @param {string[]} parts are made safe
 * @param {Record<string, string | null | undefined>} [query] absent and empty values are left out
 */
export function address(parts, query = {}) {
    const known = Object.entries(query).filter(([, value]) => value);
    const text = new URLSearchParams(known).toString();
    return `#/${parts.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
}

/**
 * Goes to an address.
 * @param {string} target
 */
export function go(target) {
    location.hash = target;
}

function match(pattern, parts) {
    if (pattern.length !== parts.length) return null;
    const params = {};
    for (const [index, name] of pattern.entries()) {
        if (name.startsWith(':')) params[name.slice(1)] = decode(parts[index]);
        else if (name !== parts[index]) return null;
    }
    return params;
}

function decode(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

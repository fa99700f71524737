/** Calls to the server. Every failure is an `ApiError` that says what to do. */

/**
 * @typedef {{title?: string, status?: number, detail?: string, code?: string, trace?: string,
 *     errors?: {field?: string, line?: number, column?: number, message: string}[]}} Problem
 */

/** In place of words of the protocol, such as Unprocessable Content. */
const TITLES = { invalid: 'Not valid', forbidden: 'Not allowed' };

/** An answer that was not the wanted one, or none at all. */
class ApiError extends Error {
    /** @param {Problem} problem */
    constructor(problem) {
        super(problem.detail || problem.title || 'The server gave no reason.');
        this.name = 'ApiError';
        this.title = TITLES[problem.code] ?? problem.title ?? 'Failed';
        this.code = problem.code ?? 'unknown';
        this.status = problem.status ?? 0;
        this.trace = problem.trace ?? null;
        this.errors = problem.errors ?? [];
    }
}

const TIMEOUT = 20000;
let csrfToken = null;
let description = null;

/**
 * Reads.
 * @param {string} path below `/api`
 * @param {Record<string, unknown>} [query] absent and empty values are left out
 * @param {AbortSignal} [signal]
 */
export function get(path, query = {}, signal) {
    return call('GET', path + queryText(query), undefined, signal);
}

/**
 * Reads a list; one that the server did not send is empty.
 * @param {string} path below `/api`
 * @param {Record<string, unknown>} [query]
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} with `items` and, where there are more, `next`
 */
export async function getList(path, query = {}, signal) {
    const answer = await get(path, query, signal);
    return { ...answer, items: answer.items ?? [] };
}

/**
 * Writes; where a person must confirm, the answer is `{confirmation}`.
 * @param {string} path below `/api`
 * @param {object} [body]
 */
export function post(path, body = {}) {
    return call('POST', path, body);
}

/**
 * Changes something; where a person must confirm, the answer is `{confirmation}`.
 * @param {string} path below `/api`
 * @param {object} body
 */
export function patch(path, body) {
    return call('PATCH', path, body);
}

/** @param {string} path below `/api` */
export function remove(path) {
    return call('DELETE', path);
}

/** Who is signed in; remembers the token that writes need. */
export async function openSession() {
    const session = await get('/session');
    csrfToken = session.csrf ?? session.csrf_token ?? null;
    return session;
}

/** What the server says of its own calls, OpenAPI; empty where it cannot be read. */
export function describe() {
    description ??= fetch('/openapi.json', { credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT) })
        .then((response) => response.json())
        .catch(() => {
            description = null;
            return {};
        });
    return description;
}

/** @param {string} part A part of a path, made safe. */
export function encode(part) {
    return encodeURIComponent(String(part));
}

async function call(method, path, body, signal) {
    const response = await send(method, path, body, signal);
    const answer = await readJSON(response);
    if (!response.ok) throw new ApiError({ status: response.status, title: response.statusText, ...answer });
    return answer;
}

async function send(method, path, body, signal) {
    const limit = AbortSignal.timeout(TIMEOUT);
    try {
        return await fetch(`/api${path}`, {
            method,
            headers: headers(method, body),
            body: body === undefined ? undefined : JSON.stringify(body),
            signal: signal ? AbortSignal.any([signal, limit]) : limit,
            credentials: 'same-origin',
        });
    } catch (error) {
        if (signal?.aborted) throw error;
        throw unreachable(limit.aborted);
    }
}

function headers(method, body) {
    const list = { Accept: 'application/json' };
    if (body !== undefined) list['Content-Type'] = 'application/json';
    if (method === 'GET') return list;
    return { ...list, 'X-CSRF-Token': csrfToken ?? '', 'Idempotency-Key': newKey() };
}

/**
 * The server did not answer in time, or not at all.
 * @param {boolean} [isLate]
 */
export function unreachable(isLate = false) {
    return new ApiError(isLate
        ? { title: 'No answer', code: 'timeout', detail: 'The server did not answer within 20 s. Try again.' }
        : { title: 'Not reachable', code: 'unreachable',
            detail: 'The server cannot be reached. See in the terminal whether bellwether runs, then try again.' });
}

async function readJSON(response) {
    const text = await response.text();
    if (!text) return {};
    try {
        return JSON.parse(text);
    } catch {
        return { code: 'unreadable', detail: `The server answered ${response.status}, but not with JSON.` };
    }
}

function queryText(query) {
    const known = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
    const text = new URLSearchParams(known.map(([name, value]) => [name, String(value)])).toString();
    return text ? `?${text}` : '';
}

/** A name for one write, so that it is done once however often it arrives. */
function newKey() {
    const random = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

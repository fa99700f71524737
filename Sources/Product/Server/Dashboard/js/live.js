/** Keeps status, portfolio and risk in the store fresh: by the stream, and by asking where the stream cannot tell. */

import { get, getList } from './api.js';
import { noteEquity } from './liveEquity.js';
import { setPreferences } from './preferences.js';
import { Scope } from './scope.js';
import { merge, read, watch, write } from './store.js';
import { stream } from './stream.js';
import { atMostEvery } from './timing.js';

const REFRESH = 15000;
const SOON = [300, 1500, 4000];
const WORTH_A_LOOK = ['workflow_completed', 'workflow_failed', 'task_started', 'system_alert'];

/** What is asked for, and what was asked for again meanwhile: an answer may be older than the second question. */
const underWay = new Set();
const wantedAgain = new Set();
/** Lives as long as the page. */
const scope = new Scope();
const refreshStatus = atMostEvery(scope, 2000, () => load('status', '/status'));
const refreshRisk = atMostEvery(scope, 1000, () => load('risk', '/risk'));

/** Learns the market's zone, in which times are shown; without an answer the last known one holds. */
export async function learnZone() {
    const settings = await getList('/settings', {}, scope.signal).catch(() => ({ items: [] }));
    const zone = settings.items.find(({ name }) => name === 'market.timezone')?.value;
    if (zone && isZone(zone)) setPreferences({ marketZone: zone });
}

function isZone(name) {
    try {
        return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
    } catch {
        return false;
    }
}

/** Begins; the first values arrive soon after. */
export function startLive() {
    stream.on(scope, 'positions', (data) => merge('portfolio', data));
    stream.on(scope, 'risk', takeRisk);
    stream.on(scope, 'workflows', (data) => WORTH_A_LOOK.includes(data.event) && refreshStatus());
    scope.listen(stream, 'missed', refreshLive);
    scope.listen(stream, 'connection', () => (stream.connection.state === 'live' ? refreshLive() : refreshStatus()));
    watch(scope, 'portfolio', noteEquity);
    scope.every(REFRESH, refreshLive);
    refreshLive();
    loadInstruments();
    stream.start();
}

/** Asks for everything again, such as after something was done. */
export function refreshLive() {
    refreshStatus();
    refreshRisk();
    load('portfolio', '/portfolio');
}

/** Asks again in a moment or two, for what the desk obeys at its next event. */
export function refreshSoon() {
    for (const wait of SOON) setTimeout(refreshLive, wait);
}

/** They do not change while the desk runs. */
async function loadInstruments() {
    write('instruments', await getList('/instruments', { limit: 500 }, scope.signal).catch(() => ({ items: [] })));
}

function takeRisk(data) {
    merge('risk', data);
    if (data.trading) merge('status', { trading: data.trading });
    refreshStatus();
}

/** A failure changes nothing: the header shows the age of what is known, and the next try comes by itself. */
async function load(name, path) {
    if (underWay.has(name)) return void wantedAgain.add(name);
    underWay.add(name);
    await loadOnce(name, path);
    underWay.delete(name);
    if (wantedAgain.delete(name)) load(name, path);
}

async function loadOnce(name, path) {
    try {
        const value = await get(path, {}, scope.signal);
        write(name, value);
        if (read('isSignedOut')) write('isSignedOut', false);
        if (name === 'risk' && value.trading) merge('status', { trading: value.trading });
    } catch (error) {
        if (error.status === 401) write('isSignedOut', true);
    }
}

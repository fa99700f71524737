/** The frame around the pages: signs in, draws the header and the navigation, shows the page that the address names. */

import { openSession, unreachable } from './api.js';
import { mountConnection } from './components/connection.js';
import { mountHalt } from './components/halt.js';
import { mountMode } from './components/mode.js';
import { markNavigation, mountNavigation } from './components/navigation.js';
import { mountNotices } from './components/notices.js';
import { mountSearch } from './components/search.js';
import { errorState, signedOut, skeleton } from './components/states.js';
import { el, replace } from './elements.js';
import { learnZone, startLive } from './live.js';
import { preferenceChanges } from './preferences.js';
import { placeOf } from './router.js';
import { Scope } from './scope.js';
import { startShortcuts } from './shortcuts.js';
import { whenBack } from './stream.js';
import { write } from './store.js';
import { setPageTitle } from './title.js';

/**
 * @typedef {object} Page what a page's `show` is given
 * @property {Record<string, string>} params
 * @property {URLSearchParams} query
 * @property {Scope} scope ends when the page is left
 * @property {(title: string) => void} setTitle
 * @property {(params: Record<string, string>, query: URLSearchParams) => void} [moved] set by a page that stays when
 *     only its own part of the address changes
 */

const main = document.getElementById('main');
let pageScope = new Scope();
let current = null;
let lastPath = null;

async function start() {
    mountFrame();
    try {
        const [session] = await Promise.all([openSession(), learnZone()]);
        write('session', session);
    } catch (error) {
        return replace(main, error.status === 401 ? signedOut() : errorState(error, () => location.reload()));
    }
    startLive();
    addEventListener('hashchange', changePlace);
    preferenceChanges.addEventListener('change', showPlace);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', showPlace);
    showPlace();
}

function mountFrame() {
    mountMode(document.getElementById('mode'));
    mountSearch(document.getElementById('search'));
    mountConnection(document.getElementById('connection'));
    mountHalt(document.getElementById('halt'));
    mountNotices(document.getElementById('notices'));
    mountNavigation(document.getElementById('navigation'));
    startShortcuts();
    document.querySelector('.skip').addEventListener('click', skip);
}

function changePlace() {
    const place = placeOf(location.hash);
    if (!place || current?.name !== place.page || !current.page.moved) return showPlace();
    lastPath = location.hash.split('?')[0];
    current.page.moved(place.params, place.query);
}

async function showPlace() {
    pageScope.end();
    const scope = pageScope = new Scope();
    const place = placeOf(location.hash);
    current = null;
    markNavigation(location.hash);
    beginPage();
    try {
        const node = place ? await load(place, scope) : notFound();
        if (!scope.isOver) replace(main, node);
    } catch (error) {
        if (!scope.isOver) replace(main, errorState(error, showPlace));
    }
}

/** A new page begins at its top and is said by screen readers; the same page with another filter is not moved. */
function beginPage() {
    const path = location.hash.split('?')[0];
    if (path === lastPath) return;
    const isFirst = lastPath === null;
    lastPath = path;
    replace(main, skeleton(6));
    scrollTo(0, 0);
    if (!isFirst) main.focus({ preventScroll: true });
}

async function load(place, scope) {
    const module = await moduleOf(place.page, scope);
    if (scope.isOver) return null;
    setPageTitle(module.title);
    const page = { params: place.params, query: place.query, scope, setTitle: setPageTitle };
    current = { name: place.page, page };
    return module.show(page);
}

/** A page's module is fetched when it is first shown; where the server is gone, again once it is back. */
async function moduleOf(name, scope) {
    try {
        return await import(`./pages/${name}.js`);
    } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        whenBack(scope, showPlace);
        throw unreachable();
    }
}

function notFound() {
    setPageTitle('Not found');
    return el('div', { class: 'state' }, el('h1', {}, 'There is no such page'),
        el('p', {}, 'The address may be mistyped. ', el('a', { href: '#/overview' }, 'Go to the overview'), '.'));
}

function skip(event) {
    event.preventDefault();
    main.focus();
}

start();

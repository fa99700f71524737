/** The document's title: the page, and before it what must not be overlooked in a row of tabs. */

let page = 'Overview';
let prefix = '';

/** @param {string} text The page's own part. */
export function setPageTitle(text) {
    page = text;
    show();
}

/** @param {string} text Such as `HALTED · PAPER · SIMULATED`. */
export function setTitlePrefix(text) {
    prefix = text;
    show();
}

function show() {
    document.title = [prefix, page, 'Bellwether'].filter(Boolean).join(' · ');
}

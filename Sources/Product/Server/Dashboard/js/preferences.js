/** What this browser was told about looks; kept in localStorage, read by appearance.js before the first paint. */

const KEY = 'bellwether.preferences';

/**
 * @type {{theme: 'system'|'dark'|'light', density: 'compact'|'comfortable', zone: 'market'|'utc'|'local',
 *     marketZone: string | null, indicators: string[]}} the market's zone is the server's word, kept for the next visit
 */
const STANDARD = { theme: 'system', density: 'compact', zone: 'market', marketZone: null,
    indicators: ['sma:20', 'sma:50'] };

const LOOKS = ['theme', 'density', 'zone'];

/** Tells of changes to how pages look: the event `change`. */
export const preferenceChanges = new EventTarget();

let current = { ...STANDARD, ...read() };

/** The preferences, not to be changed. */
export function preferences() {
    return current;
}

/**
 * Changes some, keeps them and shows them.
 * @param {Partial<typeof STANDARD>} changes
 */
export function setPreferences(changes) {
    current = { ...current, ...changes };
    try {
        localStorage.setItem(KEY, JSON.stringify(current));
    } catch {
        // Private windows may refuse to keep it: it then holds for this page.
    }
    if (!LOOKS.some((name) => name in changes)) return;
    applyAppearance();
    preferenceChanges.dispatchEvent(new Event('change'));
}

function applyAppearance() {
    const root = document.documentElement;
    if (current.theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = current.theme;
    if (current.density === 'comfortable') root.dataset.density = 'comfortable';
    else delete root.dataset.density;
}

function read() {
    try {
        return JSON.parse(localStorage.getItem(KEY)) ?? {};
    } catch {
        return {};
    }
}

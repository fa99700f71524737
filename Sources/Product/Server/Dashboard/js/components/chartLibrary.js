/** Lightweight Charts, loaded when the first chart with candles is shown. */

const ADDRESS = '/assets/vendor/lightweight-charts.js';

let loading = null;

/**
 * The library; null where this build has none.
 * @returns {Promise<any>}
 */
export function chartLibrary() {
    loading ??= new Promise((resolve) => {
        const script = document.createElement('script');
        script.src = ADDRESS;
        script.addEventListener('load', () => resolve(window.LightweightCharts ?? null));
        script.addEventListener('error', () => resolve(null));
        document.head.append(script);
    });
    return loading;
}

/** The page's colours as numbers, since a canvas does not know of style sheets. */
export function chartColours() {
    const probe = document.createElement('span');
    document.body.append(probe);
    const colour = (name) => {
        probe.style.setProperty('color', `var(--${name})`);
        return getComputedStyle(probe).color;
    };
    const names = ['up', 'down', 'accent', 'muted', 'text', 'surface', 'line', 'warn', 'series-1', 'series-2',
        'series-3'];
    const colours = Object.fromEntries(names.map((name) => [name, colour(name)]));
    probe.remove();
    return colours;
}

/**
 * A colour with another opacity.
 * @param {string} colour `rgb(…)`
 * @param {number} opacity
 */
export function faded(colour, opacity) {
    const [red, green, blue] = colour.match(/[\d.]+/g);
    return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}

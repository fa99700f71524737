/** Line icons, drawn here so that none is loaded. */

import { svg } from '../elements.js';

const PATHS = {
    overview: 'M3 12l9-8 9 8M5 10v10h14V10M10 20v-6h4v6',
    markets: 'M7 3v4M7 15v4M5 7h4v8H5zM17 5v4M17 17v4M15 9h4v8h-4z',
    decisions: 'M12 3v4M12 7l-7 5M12 7l7 5M5 12v4M19 12v4M3 16h4v4H3zM17 16h4v4h-4z',
    orders: 'M4 6h16M4 12h16M4 18h10M18 16v5M15.500 18.500h5',
    workflows: 'M4 4h6v6H4zM14 14h6v6h-6zM10 7h4a3 3 0 0 1 3 3v4',
    backtests: 'M3 12a9 9 0 1 0 3-6.700M3 4v4h4M12 7v5l3 2',
    system: 'M4 4h16v6H4zM4 14h16v6H4zM8 7h.010M8 17h.010',
    settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M14 4.500v5M6 14.500v5',
    search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l5 5',
    halt: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9h6v6H9z',
    copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
    more: 'M5 12h.010M12 12h.010M19 12h.010',
};

/**
 * An icon that says nothing by itself: the control around it has a name.
 * @param {keyof typeof PATHS} name
 */
export function icon(name) {
    return svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
        svg('path', { d: PATHS[name] }));
}

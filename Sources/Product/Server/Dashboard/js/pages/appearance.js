/** How this browser shows the dashboard. */

import { choice } from '../components/form.js';
import { pageHead, panel } from '../components/panel.js';
import { settingsTabs } from '../components/settingsTabs.js';
import { el } from '../elements.js';
import { preferences, setPreferences } from '../preferences.js';

export const title = 'Appearance';

const CHOICES = [
    ['Theme', 'theme', [['system', 'As the system'], ['dark', 'Dark'], ['light', 'Light']]],
    ['Density', 'density', [['compact', 'Compact'], ['comfortable', 'Comfortable']]],
    ['Times', 'zone', [['market', 'The market’s'], ['utc', 'UTC, as in the record'], ['local', 'This computer’s']]],
];

/** @param {import('../app.js').Page} page */
export function show() {
    const chosen = preferences();
    return el('div', { class: 'page' }, pageHead('Settings'), settingsTabs('#/settings/appearance'),
        panel('This browser', {}, el('div',
            { class: 'stack', on: { change: (event) => setPreferences({ [event.target.name]: event.target.value }) } },
            CHOICES.map(([label, name, options]) => choice(label, name, options, chosen[name])))));
}

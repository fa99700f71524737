/** The pages that belong to the settings. */

import { tabs } from './panel.js';

const LINKS = [
    ['#/settings', 'Risk limits'],
    ['#/settings/confirmations', 'Confirmations'],
    ['#/settings/appearance', 'Appearance'],
];

/** @param {string} current */
export function settingsTabs(current) {
    return tabs('Settings pages', LINKS, current);
}

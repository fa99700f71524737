/** The pages that belong to the system. */

import { read } from '../store.js';
import { tabs } from './panel.js';

const LINKS = [
    ['#/system', 'Health'],
    ['#/system/log', 'Log'],
    ['#/system/events', 'Events'],
    ['#/system/statistics', 'Statistics'],
    ['#/system/audit', 'Audit record'],
];
const FOR_ADMINISTRATORS = [['#/system/keys', 'API keys'], ['#/system/access', 'Access log']];

/** @param {string} current */
export function systemTabs(current) {
    return tabs('System pages', read('session')?.role === 'admin' ? [...LINKS, ...FOR_ADMINISTRATORS] : LINKS, current);
}

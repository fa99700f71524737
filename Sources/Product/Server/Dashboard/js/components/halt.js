/** The kill switch in the header of every page. */

import { el, replace } from '../elements.js';
import { Scope } from '../scope.js';
import { watch } from '../store.js';
import { askToHalt, askToResume } from './control.js';
import { icon } from './icon.js';

/** @param {Element} place */
export function mountHalt(place) {
    const halt = el('button', { type: 'button', class: 'halt', 'aria-keyshortcuts': 'h', on: { click: askToHalt } },
        icon('halt'), el('span', {}, 'Halt', el('span', { class: 'wide-only' }, ' trading')));
    const resume = el('button', { type: 'button', class: 'halt resume', on: { click: askToResume } }, 'Resume…');
    replace(place, halt);
    watch(new Scope(), 'status', (status) => {
        const isHalted = status.trading?.state === 'halted';
        const wanted = isHalted ? resume : halt;
        if (place.firstChild !== wanted) replace(place, wanted);
    });
}

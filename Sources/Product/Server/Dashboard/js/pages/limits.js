/** Risk limits: what each is, how much is used, and changing them. */

import { get, patch } from '../api.js';
import { badge } from '../components/badge.js';
import { settle } from '../components/confirmation.js';
import { ask } from '../components/dialog.js';
import { limitText, loosens, typedText, typedValue, unitText } from '../components/limitValue.js';
import { meter } from '../components/meter.js';
import { button, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { settingsTabs } from '../components/settingsTabs.js';
import { emptyState } from '../components/states.js';
import { toast } from '../components/toast.js';
import { el, replace } from '../elements.js';
import { percent, titled, words } from '../format.js';
import { refreshSoon } from '../live.js';
import { read, watch } from '../store.js';

export const title = 'Risk limits';

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const editing = { isOn: false };
    const view = resource(scope, (signal) => get('/risk', {}, signal), (risk) => {
        const place = el('div');
        const show = (now) => replace(place, editing.isOn ? editor(now.limits, done) : limitList(scope, now, edit));
        show(risk);
        return { node: place, update: show };
    }, { lines: 10 });

    function edit() {
        editing.isOn = true;
        view.reload();
    }

    function done() {
        editing.isOn = false;
        view.reload();
    }
    let known = '';
    watch(scope, 'risk', ({ limits = [] }) => {
        const now = JSON.stringify(limits.map(({ value }) => value));
        if (known && known !== now && !editing.isOn) view.reload();
        known = now;
    });
    return el('div', { class: 'page' }, pageHead('Settings'), settingsTabs('#/settings'), view.node);
}

function limitList(scope, { limits = [] }, edit) {
    const mayChange = read('session')?.role === 'admin';
    return panel('Risk limits', { actions: mayChange ? button('Change limits', edit)
        : el('span', { class: 'quiet' }, 'Only an administrator can change them.') },
        limits.length ? el('ul', { class: 'limits' }, limits.map((limit) => limitView(scope, limit)))
            : emptyState('No limit is set.'));
}

function limitView(scope, limit) {
    const used = meter(`${nameOf(limit)} used`);
    used.node.hidden = true;
    watch(scope, 'risk', (risk) => {
        const own = risk.used?.find(({ name }) => name === limit.name);
        used.node.hidden = !own;
        if (own) used.update(own.share, `${limitText(limit, own.used)} in use · ${percent(own.share, 0)}`);
    });
    return el('li', { class: 'limit' },
        el('div', {}, el('h3', { class: 'limit-name' }, nameOf(limit)), el('p', { class: 'quiet' }, limit.about)),
        el('div', { class: 'limit-value num' }, limitText(limit)), used.node);
}

function editor(limits, done) {
    const changeable = limits.filter(({ editable }) => editable !== false);
    const form = el('form', { on: { submit: (event) => {
        event.preventDefault();
        review(changeable, form, done);
    } } },
    el('ul', { class: 'limits' }, changeable.map(limitField)),
    el('div', { class: 'row form-end' }, el('button', { type: 'submit', class: 'button primary' }, 'Review changes'),
        button('Leave as it was', done)));
    return panel('Change risk limits', {}, el('p', { class: 'quiet' },
        'Tightening holds at once. Loosening needs a second step with a reason. An empty field means no limit.'), form);
}

function limitField(limit) {
    const id = `limit-${limit.name}`;
    return el('li', { class: 'limit' },
        el('div', {}, el('label', { class: 'limit-name', for: id }, nameOf(limit)),
            el('p', { class: 'quiet' }, limit.about)),
        limitControl(limit, id), el('span', { class: 'quiet' }, unitText(limit)));
}

function limitControl(limit, id) {
    const common = { class: 'input num', id, name: limit.name };
    if (limit.unit !== 'flag') {
        return el('input', { ...common, type: 'number', step: 'any', min: 0, value: typedText(limit) });
    }
    return el('select', common, ['yes', 'no'].map((text) =>
        el('option', { value: text, selected: text === limitText(limit) }, text)));
}

async function review(limits, form, done) {
    const changes = limits.map((limit) => ({ limit, value: typedValue(limit, form.elements[limit.name].value) }))
        .filter(({ limit, value }) => limitText(limit, value) !== limitText(limit));
    if (!changes.length) return toast('Nothing was changed.', 'warn');
    const answer = await ask({
        title: 'Change these limits?', action: 'Change limits', wide: true, reason: { label: 'Reason, for the record' },
        text: el('ul', { class: 'changes' }, changes.map(changeView)),
        run: (reason) => patch('/risk/limits',
            { ...Object.fromEntries(changes.map(({ limit, value }) => [limit.name, value])), reason }),
    });
    if (!answer) return;
    await settle(answer, 'The desk takes the limits at its next event.');
    refreshSoon();
    done();
}

function changeView({ limit, value }) {
    const isLooser = loosens(limit, value);
    const [effect, tone] = isLooser === null ? ['the server decides', '']
        : isLooser ? ['▲ loosens: second step', 'warn'] : ['▼ tightens: at once', 'up'];
    const change = ` ${limitText(limit)} → ${limitText(limit, value)} `;
    return el('li', {}, el('strong', {}, nameOf(limit)), change, badge(effect, tone));
}

function nameOf({ title: name, name: id }) {
    return titled(name ?? words(id));
}

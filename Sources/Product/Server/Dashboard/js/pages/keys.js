/** API keys: for programs, each with a role. */

import { encode, getList, post, remove } from '../api.js';
import { badge } from '../components/badge.js';
import { momentColumn } from '../components/columns.js';
import { copyable } from '../components/copy.js';
import { ask, openDialog } from '../components/dialog.js';
import { field, input, select } from '../components/form.js';
import { button, pageHead, panel } from '../components/panel.js';
import { resource } from '../components/resource.js';
import { emptyState } from '../components/states.js';
import { systemTabs } from '../components/systemTabs.js';
import { DataTable } from '../components/table.js';
import { toast } from '../components/toast.js';
import { el } from '../elements.js';
import { ago, dateTime } from '../format.js';

export const title = 'API keys';

const ROLES = [
    ['viewer', 'viewer: reads'],
    ['researcher', 'researcher: also backtests, test runs'],
    ['trader', 'trader: also orders and halts'],
    ['admin', 'admin: also limits and keys'],
];
const TIERS = [['read', 'read'], ['paper', 'paper: may trade on paper'], ['live', 'live: may ask for live trades']];

/** @param {import('../app.js').Page} page */
export function show({ scope }) {
    const view = resource(scope, (signal) => getList('/keys', { limit: 200 }, signal),
        ({ items }) => keyTable(items, () => view.reload()));
    return el('div', { class: 'page' },
        pageHead('API keys', button('Create a key…', () => askToCreate(() => view.reload()), 'primary')),
        systemTabs('#/system/keys'), panel('Keys', {}, view.node));
}

function keyTable(keys, reload) {
    const table = new DataTable({
        caption: 'API keys', key: ({ id }) => id,
        empty: emptyState('There is no key yet.', 'Programs need one; browsers sign in with bellwether login.'),
        columns: [
            { title: 'Name', grow: true, text: ({ name }) => name, sort: ({ name }) => name },
            { title: 'Role', width: 10, text: ({ role }) => role },
            { title: 'Tier', width: 8, text: ({ tier }) => tier ?? '' },
            momentColumn('Created', ({ created_at: created }) => created, { wide: true }),
            {
                title: 'Last used',
                width: 14,
                wide: true,
                text: ({ last_used_at: used }) => (used ? ago(used) : 'never'),
            },
            {
                title: 'Expires',
                width: 18,
                wide: true,
                text: ({ expires_at: expires }) => (expires ? dateTime(expires) : 'never'),
            },
            {
                title: 'Revoke',
                width: 10,
                stamp: ({ revoked_at: revoked }) => revoked,
                node: (key) => revokeCell(key, reload),
            },
        ],
    });
    table.set(keys);
    return table.node;
}

function revokeCell(key, reload) {
    if (key.revoked_at) return badge('revoked');
    const node = button('Revoke…', () => askToRevoke(key, reload), 'small');
    node.setAttribute('aria-label', `Revoke ${key.name}`);
    return node;
}

async function askToCreate(reload) {
    const name = input('name', { required: true, maxlength: 60 });
    const role = select('role', ROLES, 'viewer');
    const tier = select('tier', TIERS, 'read');
    const created = await ask({
        title: 'Create an API key', action: 'Create the key',
        text: el('div', { class: 'stack' }, field('Name', name, 'What it is for'), field('Role', role),
            field('Tier for language models', tier)),
        run: () => post('/keys', { name: name.value.trim(), role: role.value, tier: tier.value }),
    });
    if (!created) return;
    showOnce(created);
    reload();
}

/** The server keeps only a hash: nobody can show it again. */
function showOnce(created) {
    openDialog({
        title: 'Copy the key now', close: 'I have copied it', wide: true,
        body: el('div', { class: 'stack' },
            el('p', {}, 'It is shown this once. Only its hash is kept, so nobody can show it to you again.'),
            copyable(created.key ?? created.secret ?? '', 'the key')),
    });
}

async function askToRevoke(key, reload) {
    const done = await ask({
        title: `Revoke ${key.name}?`, action: 'Revoke the key', tone: 'danger',
        text: el('p', {}, 'Whoever uses it is refused from now on. This cannot be undone.'),
        run: () => remove(`/keys/${encode(key.id)}`),
    });
    if (done) toast('The key is revoked.', 'up');
    reload();
}

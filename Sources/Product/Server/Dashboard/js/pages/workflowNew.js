/** Creates a workflow from a document; what is wrong with it is shown at its line. */

import { post } from '../api.js';
import { settle } from '../components/confirmation.js';
import { YAMLEditor } from '../components/yamlEditor.js';
import { button, pageHead, panel } from '../components/panel.js';
import { inlineError } from '../components/states.js';
import { toast } from '../components/toast.js';
import { el, replace } from '../elements.js';
import { address, go } from '../router.js';

export const title = 'New workflow';

const EXAMPLE = `name: watch-and-propose
description: Looks at the news and the chart of two symbols and proposes a trade
steps:
  - name: news
    type: news_analysis
    params: {symbols: [AAPL, MSFT]}
  - name: chart
    type: technical_analysis
    params: {symbols: [AAPL, MSFT]}
  - name: proposal
    type: signal_generation
    depends_on: [news, chart]
    params: {threshold: 0.7}
`;

/** @param {import('../app.js').Page} page */
export function show() {
    const editor = new YAMLEditor(EXAMPLE);
    const result = el('div', { 'aria-live': 'polite' });
    const check = button('Check', () => attempt(() => checkDocument(editor, result)));
    const create = button('Create', () => attempt(() => createWorkflow(editor)), 'primary');

    async function attempt(action) {
        check.disabled = create.disabled = true;
        replace(result);
        editor.clear();
        try {
            await action();
        } catch (error) {
            replace(result, inlineError({ ...error, message: error.message, errors: editor.mark(error.errors ?? []) }));
        } finally {
            check.disabled = create.disabled = false;
        }
    }
    return el('div', { class: 'page' }, pageHead('New workflow', el('a', { href: '#/workflows' }, 'All workflows')),
        panel('Document', {}, el('div', { class: 'stack' },
            el('p', { class: 'quiet' }, 'YAML, as in the terminal. Nothing runs until you run it or a trigger fires.'),
            editor.node, result, el('div', { class: 'row' }, create, check))));
}

async function createWorkflow(editor) {
    const workflow = await post('/workflows', { document: editor.text });
    await settle(workflow, `${workflow.workflow_id ?? 'The workflow'} is kept.`);
    go(workflow.workflow_id ? address(['workflows', workflow.workflow_id]) : '#/workflows');
}

async function checkDocument(editor, result) {
    try {
        await post('/workflows/validate', { document: editor.text });
        replace(result, el('p', { class: 'up' }, '✓ The document is sound.'));
    } catch (error) {
        if (![404, 405, 501].includes(error.status)) throw error;
        toast('This server checks a document only when it is created.', 'warn');
    }
}

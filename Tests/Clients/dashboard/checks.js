// What is checked in the page itself; each check gives a list of complaints, empty where all is well.
(() => {
    const CONTROLS = 'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex="0"]';

    const isVisible = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && node.getClientRects().length > 0;
    const describe = (node) => `<${node.tagName.toLowerCase()} class="${node.getAttribute('class') ?? ''}"> `
        + `${(node.textContent || node.getAttribute('placeholder') || '').trim().slice(0, 40)}`;

    function names() {
        return [...document.querySelectorAll(CONTROLS)].filter(isVisible).filter((node) => !nameOf(node))
            .map((node) => `no name: ${describe(node)}`);
    }

    function nameOf(node) {
        const by = node.getAttribute('aria-labelledby');
        const labelled = by && by.split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
        const labels = node.labels ? [...node.labels].map((label) => label.textContent).join(' ') : '';
        const images = [...node.querySelectorAll('img')].map((image) => image.alt).join(' ');
        const isField = node.matches('input, select, textarea');
        return (labelled || node.getAttribute('aria-label') || labels || (isField ? '' : node.textContent) || images
            || node.getAttribute('title') || '').trim();
    }

    function structure() {
        const complaints = [];
        const count = (selector) => document.querySelectorAll(selector).length;
        if (count('h1') !== 1) complaints.push(`${count('h1')} main headings, there should be one`);
        for (const landmark of ['header', 'main', 'nav']) if (!count(landmark)) complaints.push(`no <${landmark}>`);
        if (!document.documentElement.lang) complaints.push('no language');
        const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
        complaints.push(...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `id twice: ${id}`));
        complaints.push(...[...document.querySelectorAll('img:not([alt])')].map((node) => `image without alt: ${node.src}`));
        const wide = document.documentElement.scrollWidth - innerWidth;
        if (wide > 1) complaints.push(`the page is ${wide} px wider than the window`);
        for (const node of document.querySelectorAll('.table-scroll')) {
            const more = node.scrollWidth - node.clientWidth;
            if (more > 1) complaints.push(`the table '${node.getAttribute('aria-label')}' is ${more} px wider than its place`);
        }
        return complaints;
    }

    function contrast() {
        const seen = new Set();
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const complaints = [];
        while (walker.nextNode()) {
            const node = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || seen.has(node) || !isVisible(node) || isExempt(node)) continue;
            seen.add(node);
            const found = ratioOf(node);
            if (found.ratio < found.wanted) complaints.push(`contrast ${found.ratio.toFixed(2)}, ${found.wanted} wanted: ${describe(node)}`);
        }
        return complaints;
    }

    function isExempt(node) {
        return node.closest('[disabled], [aria-hidden="true"], .hidden, title, option, script, noscript') !== null;
    }

    function ratioOf(node) {
        const style = getComputedStyle(node);
        const background = backgroundOf(node);
        const text = parse(node instanceof SVGElement ? style.fill : style.color);
        const size = parseFloat(style.fontSize);
        const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
        return { ratio: ratio(over(text, background), background), wanted: isLarge ? 3 : 4.5 };
    }

    /** The colours behind a node, laid over each other from the root down. */
    function backgroundOf(node) {
        const layers = [];
        for (let at = node; at; at = at.parentElement) {
            const style = getComputedStyle(at);
            const shape = at instanceof SVGGElement ? at.querySelector('rect') : null;
            layers.unshift(parse(shape ? getComputedStyle(shape).fill : style.backgroundColor));
        }
        return layers.reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
    }

    function parse(text) {
        const canvas = parse.canvas ??= new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = 'rgba(0, 0, 0, 0)';
        canvas.fillStyle = text;
        canvas.fillRect(0, 0, 1, 1);
        const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
        return [red, green, blue, alpha / 255];
    }

    function over([red, green, blue, alpha], [r, g, b]) {
        return [red * alpha + r * (1 - alpha), green * alpha + g * (1 - alpha), blue * alpha + b * (1 - alpha), 1];
    }

    function ratio(left, right) {
        const [light, dark] = [luminance(left), luminance(right)].sort((one, other) => other - one);
        return (light + 0.05) / (dark + 0.05);
    }

    function luminance(colour) {
        const [red, green, blue] = colour.slice(0, 3).map((value) => {
            const share = value / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }

    /** Whether the focused control shows that it is. */
    function focus() {
        const node = document.activeElement;
        if (!node || node === document.body) return null;
        const shown = [node, node.closest('.chip'), node.closest('.editor'), node.querySelector(':scope > rect')].filter(Boolean);
        const hasRing = shown.some((candidate) => {
            const style = getComputedStyle(candidate);
            return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || parseFloat(style.strokeWidth) >= 3;
        });
        return { name: describe(node), hasRing, isMain: node.id === 'main' };
    }

    return { names, structure, contrast, focus };
})()

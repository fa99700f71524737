/** Builds the page. What comes from the server goes in as text, never as markup. */

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'selected', 'open', 'readOnly', 'required']);

/**
 * @typedef {Node | string | number | null | undefined | false | Child[]} Child
 * @typedef {Record<string, any>} Attributes `on` holds listeners, `style` CSS properties, the rest are attributes.
 */

/**
 * Makes an HTML element.
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
    return fill(document.createElement(tag), attributes, children);
}

/**
 * Makes an SVG element.
 * @param {string} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
    return fill(document.createElementNS(SVG_NAMESPACE, tag), attributes, children);
}

/**
 * Puts children in the place of what a node holds.
 * @param {Element} node
 * @param {...Child} children
 */
export function replace(node, ...children) {
    node.replaceChildren(...flatten(children));
}

/**
 * Sets a node's text, only where it differs.
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
    if (node.textContent !== text) node.textContent = text;
}

/**
 * Sets or, with null, removes an attribute, only where it differs.
 * @param {Element} node
 * @param {string} name
 * @param {string | null} value
 */
export function setAttribute(node, name, value) {
    if (node.getAttribute(name) === value) return;
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
}

function fill(node, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) apply(node, name, value);
    node.append(...flatten(children));
    return node;
}

function apply(node, name, value) {
    if (value === null || value === undefined) return;
    if (name === 'on') return Object.entries(value).forEach(([type, listener]) => node.addEventListener(type,
        listener));
    if (name === 'style') return Object.entries(value).forEach(([key, text]) => node.style.setProperty(key, text));
    if (PROPERTIES.has(name)) node[name] = value;
    else if (value !== false) node.setAttribute(name, value === true ? '' : String(value));
}

function flatten(children) {
    return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false)
        .map((child) => (child instanceof Node ? child : String(child)));
}

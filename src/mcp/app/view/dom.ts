type Child = Node | string | null;
type Attributes = Record<string, string | boolean | null>;

/** An element with its children. Text becomes text nodes: what comes from data is never read as markup. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  element.append(...children.filter(child => child !== null));
  return element;
}

export function button(attributes: Attributes, pressed: () => void, ...children: Child[]): HTMLButtonElement {
  const element = el('button', { type: 'button', ...attributes }, ...children);
  element.addEventListener('click', pressed);
  return element;
}

/** Words of an error: what stands between backticks is to be typed. */
export function prose(words: string): Child[] {
  return words.split('`').map((part, i) => (i % 2 === 1 ? el('code', {}, part) : part));
}

/** A line drawing of 16 by 16 pixels, in the colour of the text around it. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  setAttributes(svg, { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' });
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
}

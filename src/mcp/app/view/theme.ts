import {
  applyDocumentTheme,
  applyHostFonts,
  applyHostStyleVariables,
  type McpUiHostContext,
} from '@modelcontextprotocol/ext-apps';
import { allColours, type Colour, faint, fontFamily, ink, paper, rule } from '../../../charts/palette.ts';
import { colourKeys } from '../../../charts/themed.ts';

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Takes over how the chat looks: its light or dark, colours, fonts, and the edges that a phone keeps free. */
export function applyHostLook({ theme, styles, safeAreaInsets: edges }: McpUiHostContext): void {
  applyDocumentTheme(theme ?? (dark.matches ? 'dark' : 'light'));
  if (styles?.variables) applyHostStyleVariables(styles.variables);
  if (styles?.css?.fonts) applyHostFonts(styles.css.fonts);
  const { style } = document.documentElement;
  for (const side of ['top', 'right', 'bottom', 'left'] as const)
    style.setProperty(`--edge-${side}`, `${edges?.[side] ?? 0}px`);
}

/** Where the host says nothing of light and dark, the machine does. */
export const onDarkChange = (changed: () => void) => dark.addEventListener('change', changed);

const lookKeys = new Set([...colourKeys, 'fontFamily']);

/** A chart in the light colours of the palette, in the colours and the font of the page. */
export function inLookOf<T>(chart: T, page: HTMLElement): T {
  const look = lookOf(page);
  const swap = (value: unknown, key = ''): unknown => {
    if (typeof value === 'string') return lookKeys.has(key) ? (look.get(value) ?? value) : value;
    if (Array.isArray(value)) return value.map(each => swap(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, swap(each, name)]));
  };
  return swap(chart) as T;
}

/** A colour of the palette as it is in the light or the dark. */
export function colourOf(colour: Colour): string {
  return document.documentElement.dataset.theme === 'dark' ? colour.dark : colour.light;
}

/** Words, lines and grounds are the page's own; colours that mean something are the palette's. */
function lookOf(page: HTMLElement): Map<string, string> {
  // Of an element, since a variable may hold any way of writing a colour.
  const probe = document.createElement('span');
  page.append(probe);
  const resolved = (variable: string, colour: Colour) => {
    probe.style.color = `var(${variable})`;
    const { color } = getComputedStyle(probe);
    return [colour.light, color.startsWith('rgb') ? color : colourOf(colour)] as const;
  };
  const look = new Map([
    ...allColours.map(colour => [colour.light, colourOf(colour)] as const),
    resolved('--ink', ink),
    resolved('--faint', faint),
    resolved('--rule', rule),
    resolved('--ground', paper),
    [fontFamily, getComputedStyle(page).fontFamily] as const,
  ]);
  probe.remove();
  return look;
}

import {
  applyDocumentTheme,
  applyHostFonts,
  applyHostStyleVariables,
  type McpUiHostContext,
} from '@modelcontextprotocol/ext-apps';
import { allColours, type Colour, faint, fontFamily, ink, paper, rule } from '../../../charts/palette.ts';

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

/** The same chart in the colours and the font of the page. */
export function inLookOf<T>(chart: T, page: HTMLElement): T {
  const words = wordsFor(page);
  const swap = (value: unknown): unknown => {
    if (typeof value === 'string') return words.get(value) ?? value;
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, swap(each)]));
    return value;
  };
  return swap(chart) as T;
}

/** A colour of the palette as it is in the light or the dark. */
export function colourOf(colour: Colour): string {
  return document.documentElement.dataset.theme === 'dark' ? colour.dark : colour.light;
}

/** Words, lines and grounds are the page's own; colours that mean something are the palette's. */
function wordsFor(page: HTMLElement): Map<string, string> {
  const style = getComputedStyle(page);
  const resolved = (property: string, colour: Colour) => {
    const value = style.getPropertyValue(property);
    return [colour.light, /^rgb/.test(value) ? value : colourOf(colour)] as const;
  };
  return new Map([
    ...allColours.map(colour => [colour.light, colourOf(colour)] as const),
    resolved('color', ink),
    resolved('caret-color', faint),
    resolved('outline-color', rule),
    resolved('background-color', paper),
    [fontFamily, style.fontFamily] as const,
  ]);
}

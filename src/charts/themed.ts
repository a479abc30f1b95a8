import { allColours } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';

export type Theme = 'light' | 'dark';

const darkOf = new Map(allColours.map(({ light, dark }) => [light, dark]));
/** Only what these keys hold is a colour: a segment may be called "#ffffff". */
export const colourKeys: ReadonlySet<string> = new Set([
  'color',
  'backgroundColor',
  'borderColor',
  'fill',
  'stroke',
]);

/** The chart, drawn in light colours, in those of a theme. */
export function themed({ option, size }: Chart, theme: Theme): Chart {
  return theme === 'light' ? { option, size } : { option: inDark(option) as ChartOption, size };
}

function inDark(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return colourKeys.has(key) ? (darkOf.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map(each => inDark(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inDark(inner, name)]));
}

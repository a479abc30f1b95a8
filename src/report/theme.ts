import { allColours, type Colour, segmentColour, segmentColours } from '../charts/palette.ts';
import { type Chart, renderSvg } from '../charts/render.ts';
import { type Html, trusted } from './html.ts';

/** Names of CSS variables by the light colour that they stand for; charts are drawn in light colours. */
const names = new Map(allColours.map(({ light }, i) => [light, `--c${i}`]));

const declarations = (theme: keyof Colour) =>
  [
    ...allColours.map(colour => `${names.get(colour.light)}:${colour[theme]}`),
    ...segmentColours.map((colour, i) => `--on${i}:${readableOn(colour[theme])}`),
  ].join(';');

/** Colours of light and dark pages. What is printed is light, whatever the screen was. */
export const themeStyles = `
:root{color-scheme:light;${declarations('light')};--ground:#f4f6f8;--soft:#eef4fb;--caution:#a04a05;--caution-soft:#fff6e5}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${declarations('dark')};--ground:#11161b;--soft:#1f2c3a;--caution:#f0b35a;--caution-soft:#2b2519}}
`;

export function colourOf(colour: Colour): string {
  return `var(${names.get(colour.light)})`;
}

/** The colour of a segment, and that of words on it, for a `style` attribute. */
export function segmentStyle(position: number): string {
  return `--segment:${colourOf(segmentColour(position))};--on-segment:var(--on${position % segmentColours.length})`;
}

function readableOn(colour: string): string {
  const [light, dark] = ['#ffffff', '#0b0e12'] as const;
  return contrast(colour, light) >= contrast(colour, dark) ? light : dark;
}

/** WCAG 2.2 contrast of two colours written #rrggbb, from 1 to 21. */
function contrast(a: string, b: string): number {
  const [more, less] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (more! + 0.05) / (less! + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map(at => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** The chart as SVG in the page's own colours, so that it follows light and dark. */
export function draw({ option, size }: Chart): Html {
  const svg = renderSvg(option, size).replace(
    / (fill|stroke)="(#[0-9a-f]{6})"/g,
    (attribute, name: string, colour: string) => {
      const variable = names.get(colour);
      return variable ? ` ${name}="var(${variable})"` : attribute;
    },
  );
  return trusted(svg.replace('<svg ', '<svg aria-hidden="true" focusable="false" '));
}

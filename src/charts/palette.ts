/** A colour on a light page, and what stands for it on a dark one. */
export interface Colour {
  light: string;
  dark: string;
}

/**
 * Colours of segments, in the order of the segments. Found by search: in light and dark alike each stands out by 3:1 (WCAG
 * 2.2, 1.4.11) from its ground and from that of chats, whose dark is lighter than ours; a number on it can be read (4.5:1);
 * and the smallest difference of any two is as large as it gets for readers with full, without red, without green and
 * without blue colour vision (Machado et al. 2009; distances in Oklab). The first few differ most.
 */
export const segmentColours: readonly Colour[] = [
  { light: '#143697', dark: '#6681dc' },
  { light: '#9c9506', dark: '#6c8420' },
  { light: '#5890f6', dark: '#c6cbfe' },
  { light: '#791620', dark: '#f78776' },
  { light: '#257c86', dark: '#86b7ba' },
  { light: '#ad4603', dark: '#febd86' },
  { light: '#5f2762', dark: '#9269a7' },
  { light: '#6a55ac', dark: '#c09bfb' },
  { light: '#a9723b', dark: '#bf8e0c' },
  { light: '#90454c', dark: '#a97467' },
  { light: '#bf6dcd', dark: '#a886b0' },
  { light: '#529884', dark: '#7de1bf' },
];

/** Colours repeat after the last; the segment's number, which is always shown with it, does not. */
export function segmentColour(position: number): Colour {
  return segmentColours[position % segmentColours.length]!;
}

/** Words, lines and grounds of charts. */
export const ink: Colour = { light: '#1d2733', dark: '#e8ecf0' };
export const faint: Colour = { light: '#586573', dark: '#a3afbb' };
export const rule: Colour = { light: '#dde3e8', dark: '#36404b' };
export const paper: Colour = { light: '#ffffff', dark: '#1b2128' };
export const accent: Colour = { light: '#0b5cad', dark: '#7db8f2' };

/** Steps from far below the average to far above it, after ColorBrewer's PuOr, which colour-blind readers can tell. */
export const steps: readonly { words: string; mark: string; ground: Colour; ink: Colour }[] = [
  { words: 'far below', mark: '−−−', ...strong('#9c4a03', '#f1a340') },
  { words: 'below', mark: '−−', ...mild('#f3a95a', '#7d4d17') },
  { words: 'a little below', mark: '−', ...mild('#fde0bd', '#4a3721') },
  { words: 'about average', mark: '', ...mild('#f1f3f5', '#29313a') },
  { words: 'a little above', mark: '+', ...mild('#dcdcf0', '#37365a') },
  { words: 'above', mark: '++', ...mild('#a9a1d3', '#5b4f9e') },
  { words: 'far above', mark: '+++', ...strong('#512a86', '#c0b3f5') },
];

function mild(light: string, dark: string): { ground: Colour; ink: Colour } {
  return { ground: { light, dark }, ink: { light: '#1c1c1d', dark: '#f2f4f6' } };
}

function strong(light: string, dark: string): { ground: Colour; ink: Colour } {
  return { ground: { light, dark }, ink: { light: '#fefefe', dark: '#14161a' } };
}

/** The step of a standardised difference (in standard deviations from the average customer). */
export function stepOf(difference: number): number {
  const size = Math.abs(difference);
  const distance = size < 0.25 ? 0 : size < 0.6 ? 1 : size < 1.1 ? 2 : 3;
  return 3 + Math.sign(difference) * distance;
}

/** Every colour that a chart may bear, for pages that put their own in place. */
export const allColours: readonly Colour[] = [
  ...segmentColours,
  ink,
  faint,
  rule,
  paper,
  accent,
  ...steps.flatMap(step => [step.ground, step.ink]),
];

/** Without quotation marks, which would end the attributes of SVG that it stands in. */
export const fontFamily =
  'system-ui, -apple-system, Segoe UI, Roboto, Open Sans, Liberation Sans, sans-serif';

/**
 * Text is measured without a browser, and fonts differ between machines: lines break at this part of the room that
 * they have.
 */
export const textRoom = 0.85;

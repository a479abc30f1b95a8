/**
 * Colours of segments, in the order of the segments: the Okabe-Ito set (Okabe & Ito 2008), which colour-blind readers
 * can tell apart, without its yellow that vanishes on white, and darker relatives for more than seven.
 */
const segmentColours = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#b8860b',
  '#56b4e9',
  '#7f4fc9',
  '#8c564b',
  '#6b7f2a',
  '#b3004b',
  '#4d6a7a',
  '#e08a00',
] as const;

export function segmentColour(position: number): string {
  return segmentColours[position % segmentColours.length]!;
}

/** Colours of words, lines and grounds; a page may swap them for its own (light and dark). */
export const ink = '#1d2733';
export const faint = '#5b6876';
export const rule = '#d5dbe1';
export const paper = '#fefefe';

/** From far below average to far above it. */
export const diverging = [
  '#b35806',
  '#f1a340',
  '#fee0b6',
  '#f3f4f5',
  '#d8daeb',
  '#998ec3',
  '#542788',
] as const;

/**
 * Text is measured without a browser, and fonts differ between machines: labels get about a fifth more room than the
 * width at which they break.
 */
export const fontFamily =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", "Liberation Sans", sans-serif';

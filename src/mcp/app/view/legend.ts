import type { ChartData } from '../../../charts/chart-data.ts';
import { segmentColour } from '../../../charts/palette.ts';
import { button, el } from './dom.ts';
import { colourOf } from './theme.ts';
import { countOf } from './words.ts';

interface Chosen {
  /** Null where cards cannot be asked for. */
  open: ((key: string) => void) | null;
  /** The pointer or the focus is on a segment, or on none. */
  point: (key: string | null) => void;
  opened: string | null;
}

/** The segments by number, colour, name and size: names for narrow charts, and the way to the cards without a mouse. */
export function legend({ segments }: ChartData, { open, point, opened }: Chosen): HTMLElement {
  const items = segments.map(({ key, name, customers }, i) => {
    const words = [
      swatch(i),
      el('span', { class: 'chip-number' }, String(i + 1)),
      el('span', { class: 'chip-name' }, name),
      el('span', { class: 'chip-count' }, countOf(customers)),
    ];
    const chip = open
      ? button({ class: 'chip', 'aria-expanded': String(opened === key) }, () => open(key), ...words)
      : el('span', { class: 'chip' }, ...words);
    chip.dataset.segment = key;
    for (const on of ['pointerenter', 'focus']) chip.addEventListener(on, () => point(key));
    for (const off of ['pointerleave', 'blur']) chip.addEventListener(off, () => point(null));
    return el('li', {}, chip);
  });
  const label = open ? 'Segments: choose one to see who they are' : 'Segments';
  return el('ul', { class: 'legend', 'aria-label': label }, ...items);
}

export function swatch(position: number): HTMLElement {
  const dot = el('span', { class: 'swatch', 'aria-hidden': 'true' });
  dot.style.backgroundColor = colourOf(segmentColour(position));
  return dot;
}

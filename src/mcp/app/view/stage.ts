import type { ChartData } from '../../../charts/chart-data.ts';
import { chartOf } from '../../../charts/chart-of.ts';
import { el } from './dom.ts';
import { type Drawing, openDrawing } from './echarts.ts';
import { alive, partsOf } from './live-option.ts';
import { type Hit, hasLines, lineSpot, type Spot, spotOf } from './spots.ts';
import { inLookOf } from './theme.ts';
import { tip } from './tip.ts';

/** Narrower than this, segments bear numbers alone. */
const NARROW = 520;
const LEAST = 280;

export interface Stage {
  element: HTMLElement;
  draw(data: ChartData): void;
  /** Again, in another look or width. */
  redraw(): void;
  /** Brings out a segment that is pointed at elsewhere, or none. */
  point(key: string | null): void;
}

/** Where a chart is drawn, as wide as there is room, and answers the pointer. */
export function stage(open: ((key: string) => void) | null): Stage {
  const drawingPlace = el('div', { class: 'drawing', role: 'img' });
  const words = tip();
  const element = el('div', { class: 'stage' }, drawingPlace, words.element);
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let drawing: Drawing | null = null;
  let data: ChartData | null = null;
  let drawnWidth = 0;

  const widthNow = () => Math.max(LEAST, Math.floor(element.clientWidth));

  const draw = (animated: boolean) => {
    if (!data || element.clientWidth === 0) return;
    drawnWidth = widthNow();
    const { option, size } = chartOf(data, drawnWidth < NARROW, 'light', drawnWidth);
    drawingPlace.style.height = `${size.height}px`;
    drawingPlace.style.width = `${size.width}px`;
    drawingPlace.setAttribute('aria-label', data.alt);
    drawing ??= opened();
    drawing.resize({ width: size.width, height: size.height });
    const live = alive(inLookOf(option, document.body), open !== null);
    drawing.setOption({ ...live, animation: animated && !still.matches, animationDuration: 350 }, true);
    words.hide();
  };

  const opened = () => {
    const made = openDrawing(drawingPlace);
    const touch = (spot: Spot | null, x: number, y: number) => {
      if (spot) words.show(spot, { x, y }, open !== null && spot.segment !== null);
      else words.hide();
      drawingPlace.style.cursor = open && spot?.segment ? 'pointer' : 'default';
    };
    // One way for all: what is under the pointer, whether it moves or is pressed.
    let under: Spot | null = null;
    made.on('mousemove', hit => {
      under = data && spotOf(data, hit as unknown as Hit);
    });
    made.on('mouseout', () => {
      under = null;
    });
    const spotAt = (x: number, y: number) => (data && hasLines(data) ? lineSpot(data, made, x, y) : under);
    made.getZr().on('mousemove', ({ offsetX, offsetY }) =>
      // ECharts tells what is under the pointer in the same turn, perhaps after this.
      queueMicrotask(() => touch(spotAt(offsetX, offsetY), offsetX, offsetY)),
    );
    made.getZr().on('globalout', () => touch(null, 0, 0));
    made.getZr().on('click', ({ offsetX, offsetY }) => {
      const key = spotAt(offsetX, offsetY)?.segment;
      if (open && key) open(key);
    });
    return made;
  };

  new ResizeObserver(() => {
    if (widthNow() !== drawnWidth) draw(false);
  }).observe(element);

  return {
    element,
    draw(next) {
      data = next;
      draw(true);
    },
    redraw: () => draw(false),
    point(key) {
      if (!drawing || !data) return;
      drawing.dispatchAction({ type: 'downplay' });
      const at = data.segments.findIndex(segment => segment.key === key);
      if (at < 0) return words.hide();
      for (const part of partsOf(data, at)) drawing.dispatchAction({ type: 'highlight', ...part });
    },
  };
}

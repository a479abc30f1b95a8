import { dateWords } from '../../../charts/time-ticks.ts';
import { InputError } from '../../../errors.ts';
import { mapAxes } from '../../../segmentation/map-axes.ts';
import { mapPlaces } from '../../../segmentation/map-places.ts';
import { tamed } from '../../../segmentation/wording.ts';
import { labelOf } from '../feature-label.ts';
import type { SegmentedShop } from '../segment-figures.ts';
import { leftOut, noOther, type ToldChart } from './told-chart.ts';

export function mapChart({ model }: SegmentedShop): ToldChart {
  if (model.map.length === 0)
    throw new InputError(
      'There is no map of these segments: they are classical RFM cells, not groups found in the data.',
      'Ask for "profile", "moves" or "sizes".',
    );
  const places = mapPlaces(model);
  const axes = mapAxes(model, places, labelOf);
  const names = model.segments.map(({ persona }) => tamed(persona.name));
  const placed = names.flatMap((name, i) => (places[i] ? [{ name, ...places[i] }] : []));
  const missing = leftOut(
    names.filter((_, i) => !places[i]),
    'too few customers to place',
  );
  const made =
    model.asOf === model.describedAsOf
      ? ''
      : ` Placed as of ${dateWords(model.asOf)}, when the segments were made.`;
  const arrows = axes.across || axes.up ? ' Arrows name what rises most that way.' : '';
  return {
    ...noOther,
    title: 'Segment map',
    note: `Segments that behave alike lie near each other. A disc is as large as its segment; the ground around it holds half of its customers.${arrows}${made}${missing}`,
    alt: `${placed.length} segments on a map of two dimensions. ${neighbours(placed)}${missing}`.trim(),
    map: { places, ...axes },
  };
}

interface Named {
  name: string;
  x: number;
  y: number;
}

/** Which two lie nearest, and which lies farthest from its nearest. */
function neighbours(placed: readonly Named[]): string {
  const pairs = placed
    .flatMap((one, i) => placed.slice(i + 1).map(other => ({ one, other, gap: gapOf(one, other) })))
    .sort((a, b) => a.gap - b.gap);
  const [nearest] = pairs;
  if (placed.length < 3 || !nearest) return '';
  const alone = placed
    .map(each => ({
      name: each.name,
      gap: Math.min(...others(each, placed).map(other => gapOf(each, other))),
    }))
    .reduce((a, b) => (b.gap > a.gap ? b : a));
  return `Nearest to each other: ${nearest.one.name} and ${nearest.other.name}. Farthest from any other: ${alone.name}.`;
}

const others = (each: Named, all: readonly Named[]) => all.filter(other => other !== each);
const gapOf = (a: Named, b: Named) => Math.hypot(a.x - b.x, a.y - b.y);

import { dateWords } from '../../../charts/time-ticks.ts';
import { sizesOverTime } from '../../../segmentation/history/sizes.ts';
import { formatCount, listed, tamed } from '../../../segmentation/wording.ts';
import { coarse } from '../coarse.ts';
import type { SegmentedShop } from '../segment-figures.ts';
import type { People } from '../values.ts';
import { noOther, type ToldChart } from './told-chart.ts';

const MOST_TOLD = 3;

/** Sizes to the nearest ten: two of them that differ by a few would tell of those few. */
export function sizesChart({ model, records }: SegmentedShop): ToldChart {
  const { dates, replaced, segments } = sizesOverTime(records);
  const coarseSizes = (sizes: readonly (number | null)[]) =>
    sizes.map(size => (size === null ? null : coarse.people(size)));
  const byKey = new Map(segments.map(({ key, sizes }) => [key, coarseSizes(sizes)]));
  const lines = model.segments.map(({ key }) => byKey.get(key) ?? dates.map(() => null));
  const earlier = segments
    .filter(({ key }) => !model.segments.some(segment => segment.key === key))
    .map(({ name, sizes }) => ({ name: tamed(name), sizes: coarseSizes(sizes) }));
  const names = model.segments.map(({ persona }) => tamed(persona.name));
  const took = replaced.map(({ asOf }) => dateWords(asOf));
  return {
    ...noOther,
    title: 'Customers of each segment',
    note: `To the nearest ten.${took.length > 0 ? ` Other segments took over on ${listed(took)}.` : ''}${
      earlier.length > 0 ? ' Segments that stand no more are grey.' : ''
    }`,
    alt: altOf(names, dates, lines),
    sizes: { dates, replaced: replaced.map(({ asOf }) => asOf), lines, earlier },
  };
}

function altOf(
  names: readonly string[],
  dates: readonly string[],
  lines: readonly (readonly (People | null)[])[],
): string {
  const changed = lines
    .flatMap((sizes, i) => {
      const start = sizes.findIndex(size => typeof size === 'number');
      const [first, last] = [sizes[start], sizes.at(-1)];
      return typeof first === 'number' && typeof last === 'number' && first !== last
        ? [{ name: names[i]!, since: dates[start]!, first, last }]
        : [];
    })
    .sort((a, b) => Math.abs(b.last / b.first - 1) - Math.abs(a.last / a.first - 1))
    .slice(0, MOST_TOLD)
    .map(
      ({ name, since, first, last }) =>
        `${name} ${last > first ? 'grew' : 'shrank'} from ${formatCount(first)} on ${dateWords(since)} to ${formatCount(last)}.`,
    );
  const period = `Customers of each segment from ${dateWords(dates[0]!)} to ${dateWords(dates.at(-1)!)}, to the nearest ten.`;
  if (dates.length < 2)
    return `Customers of each segment on ${dateWords(dates[0]!)}: one date so far, so no change can be told.`;
  return `${period} ${changed.length > 0 ? changed.join(' ') : 'None changed by ten or more.'}`;
}

import { dateWords } from '../../../charts/time-ticks.ts';
import { movesBetween } from '../../../segmentation/moves/between.ts';
import { lapsedKeys } from '../../../segmentation/moves/lapsed.ts';
import { namesOf } from '../../../segmentation/moves/names.ts';
import { formatCount, SMALLEST_REPORTED, tamed } from '../../../segmentation/wording.ts';
import type { SegmentedShop } from '../segment-figures.ts';
import { noOther, type ToldChart } from './told-chart.ts';

/** More bands than these run into each other. */
const MOST_DRAWN = 30;
const MOST_TOLD = 3;

export function movesChart({ model, records }: SegmentedShop): ToldChart {
  const between = movesBetween(records, {}, lapsedKeys(model));
  const names = namesOf(records);
  const told = between.moves.filter(({ customers }) => customers >= SMALLEST_REPORTED);
  const flows = told.slice(0, MOST_DRAWN).map(({ from, to, customers }) => ({ from, to, customers }));
  const period = `from ${dateWords(between.from)} to ${dateWords(between.to)}`;
  const largest = flows
    .slice(0, MOST_TOLD)
    .map(({ from, to, customers }) => `${formatCount(customers)} from “${nameOf(from)}” to “${nameOf(to)}”`);
  const replaced =
    between.replaced.length > 0 ? ' Other segments took over at that date, so nobody moved.' : '';
  const beyond = told.length > MOST_DRAWN ? ` Only the ${MOST_DRAWN} largest are drawn.` : '';
  return {
    ...noOther,
    title: `Moves since ${dateWords(between.from)}`,
    note: `Left: where customers were; right: where they are now. Those who stayed, and moves of fewer than ${SMALLEST_REPORTED}, are not drawn.${beyond}${replaced}`,
    alt:
      largest.length === 0
        ? `No move of ${SMALLEST_REPORTED} customers or more ${period}.${replaced}`
        : `The largest moves ${period}, in customers: ${largest.join('; ')}.`,
    moves: { from: between.from, flows },
  };

  function nameOf(key: string): string {
    return tamed(names.get(key) ?? key);
  }
}

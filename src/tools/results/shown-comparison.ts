import { z } from 'zod';
import type { Comparison, SegmentFate, Side } from '../../segmentation/recluster/comparison.ts';
import { fateWords, originWords, partsAreLarge } from '../../segmentation/recluster/fate-words.ts';
import { summaryOf } from '../../segmentation/recluster/summary-of.ts';
import { formatValue, SMALLEST_REPORTED, tamed } from '../../segmentation/wording.ts';
import { coarsePeople, isFew, toTens } from './coarse.ts';
import { roundedScore, roundedShare } from './rounding.ts';
import { count, money, people, peopleOf, ratio, share } from './values.ts';

const MOST_SEGMENTS = 12;

const quality = z.object({
  groups: count,
  /** Of the segmented customers, those who clearly belong to their segment. */
  certain: share.nullable(),
  /** How well the least stable group is found again on half of the customers, when fitted. */
  stability: ratio.nullable(),
  /** How far the groups are set apart; below 0.04 is chance. */
  separation: ratio.nullable(),
});

/**
 * What another model would change, as a language model may know it. Figures of segments that do not stand are to the
 * nearest ten customers, so that no few follow from the difference to those that do.
 */
export const comparisonShape = {
  now: quality,
  proposed: quality,
  /** Adjusted Rand index of the two: 1 is the same grouping, 0 is chance. */
  agreement: ratio.nullable(),
  changing: z.object({
    customers: people.nullable(),
    share: share.nullable(),
    revenueLastYear: money.nullable(),
  }),
  segments: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      becomes: z.string(),
      customersNow: people,
      customersProposed: people.nullable(),
    }),
  ),
  fresh: z.array(
    z.object({ name: z.string(), origin: z.string(), customers: people, definition: z.string() }),
  ),
  more: count,
};

type Shown = z.input<z.ZodObject<typeof comparisonShape>>;

export function shownComparison(comparison: Comparison): Shown {
  const { standing, candidate, agreement, changing, customers, fates, proposed } = comparison;
  const fresh = proposed.filter(({ isNew }) => isNew);
  // All but a few is told as little as a few.
  const told = changing.customers >= SMALLEST_REPORTED && !isFew(customers - changing.customers);
  return {
    now: qualityOf(standing),
    proposed: qualityOf(candidate),
    agreement: agreement === null ? null : roundedScore(agreement),
    changing: {
      customers: changingPeople(comparison),
      share: told ? Math.round(changing.share * 100) / 100 : null,
      revenueLastYear: told ? Number(changing.revenueLastYear.toPrecision(2)) : null,
    },
    segments: fates.slice(0, MOST_SEGMENTS).map(fate => ({
      key: fate.key,
      name: tamed(fate.name),
      becomes: becomes(fate),
      customersNow: peopleOf(fate.before),
      customersProposed: fate.continuedBy && fate.after !== null ? coarsePeople(fate.after) : null,
    })),
    fresh: fresh.slice(0, MOST_SEGMENTS).map(segment => ({
      name: tamed(segment.name),
      origin: originWords(segment),
      customers: coarsePeople(segment.size),
      definition: segment.sentence,
    })),
    more: Math.max(0, fates.length - MOST_SEGMENTS) + Math.max(0, fresh.length - MOST_SEGMENTS),
  };
}

/** Who would change segment; null where it is all but a few. */
export function changingPeople({ changing, customers }: Comparison): Shown['changing']['customers'] {
  if (isFew(customers - changing.customers)) return null;
  return peopleOf(Math.min(toTens(changing.customers), customers));
}

/** One sentence, in figures as `shownComparison` gives them. */
export function shownSummary(comparison: Comparison): string {
  const { changing, customers, fates } = comparison;
  const few = isFew(customers - changing.customers);
  const some = few ? customers : Math.min(toTens(changing.customers), customers);
  return summaryOf({
    ...comparison,
    changing: {
      ...changing,
      customers: some,
      share: Math.round((100 * some) / Math.max(1, customers)) / 100,
    },
    fates: fates.map(rounded),
  });
}

/** A sentence each: what becomes of the segments, which are new, and whether it is better. */
export function shownChanges({ fates, proposed, standing, candidate }: Comparison): string[] {
  const certain = ({ certain: value }: Side) => (value === null ? null : formatValue(value, 'share', null));
  const [before, after] = [certain(standing), certain(candidate)];
  return [
    ...fates.map(fate => `${tamed(fate.name)}: ${becomes(fate)}.`),
    ...proposed
      .filter(({ isNew }) => isNew)
      .map(segment => `${tamed(segment.name)}: ${originWords(segment)}.`),
  ]
    .slice(0, 2 * MOST_SEGMENTS)
    .concat(
      before === null || after === null
        ? []
        : [`Customers who clearly belong to their segment: ${before} now, ${after} as proposed.`],
    );
}

function qualityOf({ groups, certain, fitted }: Side): Shown['now'] {
  return {
    groups,
    certain: certain === null ? null : roundedShare(certain),
    stability: fitted ? roundedScore(fitted.jaccard) : null,
    separation: fitted ? roundedScore(fitted.delta) : null,
  };
}

/** Of a segment that has, or would have, fewer than ten customers no figure is told. */
function becomes(fate: SegmentFate): string {
  if (fate.before >= SMALLEST_REPORTED && (fate.after === null || fate.after >= SMALLEST_REPORTED))
    return fateWords(rounded(fate), { shares: partsAreLarge(fate) });
  switch (fate.fate) {
    case 'survived':
      return 'stays';
    case 'split':
      return 'splits';
    case 'absorbed':
      return `joins ${fate.into[0]!.name}`;
    case 'disappeared':
      return fate.continuedBy ? 'stays, but loses customers to others' : 'dissolves';
  }
}

function rounded(fate: SegmentFate): SegmentFate {
  return { ...fate, after: fate.after === null ? null : toTens(fate.after) };
}

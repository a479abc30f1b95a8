import type { KChoice, KRow } from './choose-k.ts';

/** What was measured at one k, before it is judged. */
export type Measured = Omit<KRow, 'eligible' | 'why'>;

export interface Limits {
  /** Smallest share of all customers in a group. */
  minShare: number;
  /** Smallest number of customers in a group. */
  minSize: number;
}

/** Compactness beyond data without groups: shops of one made type reach 0.03, shops of several 0.09 to 0.15. */
const leastDelta = 0.05;
/** Hennig (2008) calls a cluster with a mean Jaccard from 0.75 valid and stable. */
const leastJaccard = 0.75;
/** Slices of one cloud overlap by 0.75 and more, made types by 0.6 and less. */
const mostOverlap = 0.7;
/** What the last group must explain, in units of what it explains in data without groups. */
const leastGain = 1.5;
/** Two groups say too little to act on, and nearly all data split in two. */
const fewest = 3;

/**
 * Chooses the number of groups. A k may be chosen that has groups large enough, more compact than in data
 * without groups, and stable. Of these the largest is taken whose groups are all set apart from each other by a
 * valley in the density and whose last group explains clearly more than it would in data without groups.
 * Where no k has such valleys, customers shade into each other, and the k is taken that is most compact.
 */
export function choose(measured: readonly Measured[], limits: Limits): KChoice {
  const table = measured.map(row => judge(row, limits));
  const candidates = table.filter(row => row.k >= fewest);
  const most = Math.max(0, ...candidates.map(row => row.delta));
  if (most < leastDelta) {
    return {
      k: null,
      reason:
        'No stable groups here: however these customers are divided, the groups are hardly more compact than in ' +
        `data without groups (at best ${fixed(most)} more, and ${leastDelta} is needed).`,
      table,
    };
  }
  const eligible = candidates.filter(row => row.eligible);
  if (eligible.length === 0) {
    const best = mostCompact(candidates);
    return {
      k: null,
      reason: `No stable groups here. With ${best.k} groups, the most compact choice: ${best.why}. The others fail too.`,
      table,
    };
  }
  const distinct = eligible.filter(row => isDistinct(row) && row.gain >= leastGain);
  const chosen = distinct.at(-1) ?? mostCompact(eligible);
  const clear = distinct.length > 0;
  return {
    k: chosen.k,
    reason: clear
      ? `${chosen.k} groups: the most that are all stable (the least stable is found again to ${percent(chosen.jaccard)}) ` +
        `and set apart from each other (the border between the closest two is ${percent(1 - chosen.overlap)} emptier than ` +
        'their middles). With more, groups become unstable, too small, or slices of one another.'
      : `${chosen.k} groups, which are stable (the least stable is found again to ${percent(chosen.jaccard)}) and most ` +
        `compact beyond data without groups (${fixed(chosen.delta)}), but their borders are soft: these customers shade ` +
        'into each other, so treat those near a border as belonging to both.',
    table,
  };
}

/** The table and words for a k that a person asked for. */
export function accept(measured: readonly Measured[], limits: Limits, k: number): KChoice {
  const table = measured.map(row => judge(row, limits));
  const row = table.find(each => each.k === k)!;
  return { k, reason: `${k} groups, as asked for. On its own measure: ${row.why}.`, table };
}

function judge(row: Measured, { minShare, minSize }: Limits): KRow {
  const because = (why: string, eligible = false): KRow => ({ ...row, eligible, why });
  if (row.k < fewest) return because('too few groups to act on');
  if (row.delta < leastDelta) {
    return because(`hardly more compact than data without groups (${fixed(row.delta)} more)`);
  }
  if (row.smallestSize < minSize || row.smallestShare < minShare) {
    return because(
      `its smallest group has ${row.smallestSize} customers (${percent(row.smallestShare)}); at least ${minSize} and ` +
        `${percent(minShare)} are needed`,
    );
  }
  if (row.jaccard < leastJaccard) {
    return because(`not stable: its least stable group is found again only to ${percent(row.jaccard)}`);
  }
  if (!isDistinct(row)) {
    return because(
      `stable, but two of its groups run into each other: the border is only ${percent(1 - row.overlap)} emptier ` +
        'than their middles',
      true,
    );
  }
  if (row.gain < leastGain) {
    return because(
      `stable, but its last group explains only ${row.gain.toFixed(1)} times what one more group explains in data ` +
        'without groups',
      true,
    );
  }
  return because('stable, and every group is set apart from the others', true);
}

function mostCompact(rows: readonly KRow[]): KRow {
  return rows.reduce((best, row) => (row.delta >= best.delta ? row : best));
}

const isDistinct = (row: Measured) => row.overlap <= mostOverlap;
const percent = (share: number) => `${Math.round(100 * share)} %`;
const fixed = (value: number) => value.toFixed(3);

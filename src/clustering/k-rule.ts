import type { KChoice, KRow } from './choose-k.ts';

/** What was measured at one k, before it is judged. */
export type Measured = Omit<KRow, 'eligible' | 'why'>;

export interface Limits {
  /** Smallest share of all customers in a group. */
  minShare: number;
  /** Smallest number of customers in a group. */
  minSize: number;
}

/**
 * What the most compact k must reach beyond data without groups. Made shops of one type reach 0.01 to 0.03, of
 * several types 0.09 to 0.15; a real shop whose customers shade into each other lies between.
 */
const leastDelta = 0.04;
/** Hennig (2008) calls a cluster with a mean Jaccard from 0.75 a valid pattern, from 0.85 highly stable. */
const leastJaccard = 0.75;
const highJaccard = 0.85;
/** Slices of one cloud overlap by 0.75 and more, made types by 0.6 and less. */
const mostOverlap = 0.7;
/** What the last group must explain, in units of what one more group explains in data without groups. */
const leastGain = 1.5;
/** Two groups say too little to act on, and nearly all data split in two. */
const fewest = 3;
/** Where borders are soft the number is a choice of detail, and more groups than this are more than a team acts on. */
const mostSoft = 9;

/**
 * Chooses the number of groups. A k may be chosen whose groups are large enough and stable. Of these the largest
 * is taken whose groups are all set apart from each other by a valley in the density, and whose last group
 * explains clearly more than it would in data without groups. Where no k has such valleys, customers shade into
 * each other, and the largest k up to nine is taken up to which all remain highly stable.
 */
export function choose(measured: readonly Measured[], limits: Limits): KChoice {
  const table = measured.map(row => judge(row, limits));
  const candidates = table.filter(row => row.k >= fewest);
  const eligible = candidates.filter(row => row.eligible);
  const most = Math.max(0, ...candidates.map(row => row.delta));
  if (most < leastDelta || eligible.length === 0) return noGroups(table, candidates, most);

  const clear = eligible.filter(row => isDistinct(row) && row.gain >= leastGain).at(-1);
  if (clear) return { k: clear.k, reason: clearReason(clear, table.at(-1)!.k), table };
  const lost = candidates.find(row => row.jaccard < highJaccard);
  const detailed = eligible.filter(row => row.k <= mostSoft && (!lost || row.k < lost.k)).at(-1);
  const soft = detailed ?? mostCompact(eligible);
  return { k: soft.k, reason: softReason(soft, lost), table };
}

function noGroups(table: readonly KRow[], candidates: readonly KRow[], most: number): KChoice {
  // What a row has for it counts for nothing where no number of groups is compact enough.
  const refused = table.map(row => ({
    ...row,
    eligible: false,
    why: row.eligible ? hardlyCompact(row) : row.why,
  }));
  return { k: null, reason: `No stable groups here: ${whyNone(candidates, most)}`, table: refused };
}

/** Of so few, the count itself may point at people. */
const fewestTold = 10;

function sizeOf({ smallestSize, smallestShare }: Measured): string {
  return smallestSize < fewestTold
    ? `fewer than ${fewestTold} customers`
    : `${smallestSize} customers (${percent(smallestShare)})`;
}

function whyNone(candidates: readonly KRow[], most: number): string {
  if (candidates.length === 0) {
    return `no more than two groups could be tried, and fewer than ${fewest} say too little to act on.`;
  }
  if (most < leastDelta) {
    return (
      'however these customers are divided, the groups are hardly more compact than in data without groups ' +
      `(at best ${fixed(most)} more, and ${leastDelta} is needed).`
    );
  }
  const best = mostCompact(candidates);
  return `each number of groups has something against it. ${best.k} would be the most compact, but: ${best.why}.`;
}

function clearReason(row: KRow, tried: number): string {
  const more =
    row.k < tried
      ? 'With more, groups become unstable, too small, or slices of one another.'
      : 'More were not tried.';
  return (
    `${row.k} groups: the most that are all stable (${stability(row)}) and set apart from each other (the border ` +
    `between the closest two is ${percent(1 - row.overlap)} emptier than their middles). ${more}`
  );
}

/** `lost`: the first number of groups that are no longer highly stable. */
function softReason(row: KRow, lost: KRow | undefined): string {
  const limit =
    lost && lost.k > row.k && row.k < mostSoft
      ? ` With ${lost.k} groups, the least stable would be only ${percent(lost.jaccard)} the same.`
      : '';
  return (
    `${row.k} groups, which are stable (${stability(row)}), but their borders are soft: these customers shade into ` +
    `each other, so treat those near a border as belonging to both.${limit}`
  );
}

/** The table and words for a k that a person asked for. */
export function accept(measured: readonly Measured[], limits: Limits, k: number): KChoice {
  const table = measured.map(row => judge(row, limits));
  const row = table.find(each => each.k === k)!;
  return { k, reason: `${k} groups, as asked for. What the measures say of them: ${row.why}.`, table };
}

function judge(row: Measured, { minShare, minSize }: Limits): KRow {
  const because = (why: string, eligible = false): KRow => ({ ...row, eligible, why });
  if (row.k < fewest) return because('too few groups to act on');
  if (row.delta < leastDelta / 2) {
    return because(hardlyCompact(row));
  }
  if (row.smallestSize < minSize || row.smallestShare < minShare) {
    return because(
      `its smallest group has ${sizeOf(row)}; at least ${minSize} and ` + `${percent(minShare)} are needed`,
    );
  }
  if (row.jaccard < leastJaccard) {
    return because(`not stable: ${stability(row, 'only ')}`);
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
      `stable, but the last group explains only ${row.gain.toFixed(1)} times what one more explains in data without groups`,
      true,
    );
  }
  return because('stable, and every group is set apart from the others', true);
}

function mostCompact(rows: readonly KRow[]): KRow {
  return rows.reduce((best, row) => (row.delta >= best.delta ? row : best));
}

const hardlyCompact = ({ delta }: Measured) =>
  `hardly more compact than data without groups (${fixed(delta)} more)`;
const stability = ({ jaccard }: Measured, only = '') =>
  `grouped anew from half of the customers, the least stable is ${only}${percent(jaccard)} the same`;
const isDistinct = (row: Measured) => row.overlap <= mostOverlap;
const percent = (share: number) => `${Math.round(100 * share)} %`;
const fixed = (value: number) => value.toFixed(3);

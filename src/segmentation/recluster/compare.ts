import type { KChoice } from '../../clustering/choose-k.ts';
import type { Model } from '../model.ts';
import { setAsideKey } from '../refresh/record.ts';
import { confidenceDoubt } from '../refresh/scored.ts';
import type { Comparison, Part, ProposedSegment, SegmentFate, Side } from './comparison.ts';
import type { Match } from './match.ts';

/** From this agreement on, with all segments surviving under their names, a candidate says what stands already. */
const SAME = 0.95;

export interface CompareInput {
  standing: Model;
  /** With the keys and names that it would have. */
  candidate: Model;
  /** Of each row of the candidate's table. */
  rows: {
    /** Index of the standing segment, and of the candidate's; -1 set aside. */
    before: Int32Array;
    after: Int32Array;
    /** In either, 0..1; NaN for those set aside. */
    confidence: { before: Float64Array; after: Float64Array };
    revenueLastYear: Float64Array;
  };
  match: Match;
}

/** What a person needs to know to decide between the two. */
export function compare(input: CompareInput): Comparison {
  const { standing, candidate, rows, match } = input;
  const fates = fatesOf(input);
  const proposed = proposedOf(input);
  return {
    asOf: candidate.asOf,
    currency: candidate.population.currency,
    customers: rows.before.length,
    standing: sideOf(standing, rows.before, rows.confidence.before),
    candidate: sideOf(candidate, rows.after, rows.confidence.after),
    choice: candidate.choice && rowsThatMatter(candidate.choice, standing.segments.length),
    common: match.common,
    matchedBy: match.by,
    agreement: match.agreement,
    fates,
    proposed,
    changing: changingOf(input),
    same:
      match.agreement !== null &&
      match.agreement >= SAME &&
      fates.every(({ fate, continuedBy }) => fate === 'survived' && continuedBy !== null) &&
      proposed.every(({ isNew }) => !isNew),
  };
}

function sideOf(model: Model, labels: Int32Array, confidence: Float64Array): Side {
  const row = model.choice?.table.find(({ k }) => k === model.choice?.k);
  return {
    modelId: model.id,
    kind: model.kind,
    groups: model.segments.length,
    setAside: labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0),
    certain: model.kind === 'rfm' ? null : certainOf(confidence),
    fitted: row
      ? { asOf: model.asOf, delta: row.delta, jaccard: row.jaccard, silhouette: row.silhouette }
      : null,
  };
}

function certainOf(confidence: Float64Array): number {
  const told = confidence.filter(value => !Number.isNaN(value));
  return told.length === 0 ? 0 : told.filter(value => value >= confidenceDoubt).length / told.length;
}

/** The number that was chosen, the one that stands, and those beside the chosen one. */
function rowsThatMatter({ k, reason, table }: KChoice, stands: number): Comparison['choice'] {
  const near = (row: number) => k !== null && Math.abs(row - k) <= 1;
  return { reason, rows: table.filter(row => near(row.k) || row.k === stands) };
}

function fatesOf({ standing, candidate, match, rows }: CompareInput): SegmentFate[] {
  const sizes = new Float64Array(standing.segments.length);
  const revenue = new Float64Array(standing.segments.length);
  rows.before.forEach((label, row) => {
    if (label < 0) return;
    sizes[label]!++;
    revenue[label]! += rows.revenueLastYear[row]!;
  });
  return standing.segments.map(({ key, persona }, i) => {
    const { kind, pieces } = match.fates[i]!;
    const partner = match.partners.indexOf(i);
    const successor = partner >= 0 ? partner : kind === 'survived' ? pieces[0].into : -1;
    return {
      key,
      name: persona.name,
      fate: kind,
      into: pieces.map(piece => partOf(candidate, piece.into, piece.overlap)),
      continuedBy: partner < 0 ? null : partOf(candidate, partner, match.overlaps[i]![partner]!),
      before: sizes[i]!,
      after: successor < 0 ? null : candidate.segments[successor]!.size,
      revenueLastYear: revenue[i]!,
      moved: successor < 0 || !match.nearness ? null : 1 - match.nearness[i]![successor]!,
    };
  });
}

function partOf({ segments }: Model, at: number, share: number): Part {
  const { key, persona } = segments[at]!;
  return { key, name: persona.name, share };
}

function proposedOf({ standing, candidate, match }: CompareInput): ProposedSegment[] {
  return candidate.segments.map(({ key, persona, size, share, revenueShare }, j) => {
    const { kind, from } = match.origins[j]!;
    return {
      key,
      name: persona.name,
      isNew: match.partners[j] === null,
      origin: kind,
      from: from.map(i => standing.segments[i]!.persona.name),
      size,
      share,
      revenueShare,
      sentence: persona.sentence,
    };
  });
}

/** Summed in the order of rows, which is that of profile ids. */
function changingOf({ standing, candidate, rows }: CompareInput): Comparison['changing'] {
  const keyIn = ({ segments }: Model, label: number) => (label < 0 ? setAsideKey : segments[label]!.key);
  let customers = 0;
  let revenueLastYear = 0;
  rows.before.forEach((label, row) => {
    if (keyIn(standing, label) === keyIn(candidate, rows.after[row]!)) return;
    customers++;
    revenueLastYear += rows.revenueLastYear[row]!;
  });
  return { customers, share: customers / Math.max(1, rows.before.length), revenueLastYear };
}

import type { KChoice } from '../../clustering/choose-k.ts';
import type { Model } from '../model.ts';
import { type RefreshRecord, setAsideKey } from '../refresh/record.ts';
import type { Comparison, Part, ProposedSegment, SegmentFate, Side } from './comparison.ts';
import type { Match } from './match.ts';

/** From this agreement on, with all segments surviving under their names, a candidate says what stands already. */
const SAME = 0.95;
/** A customer is clearly in their segment from this confidence on. */
const CERTAIN = 0.6;

export interface CompareInput {
  standing: Model;
  /** The latest of the history, which tells how the standing segments are. */
  record: RefreshRecord;
  /** With the keys and names that it would have. */
  candidate: Model;
  /** Of each row of the candidate's table. */
  rows: {
    /** Index of the standing segment; -1 set aside, -2 not known then. */
    before: Int32Array;
    /** Index of the candidate's segment; -1 set aside. */
    after: Int32Array;
    /** 0..1; NaN for those set aside. */
    confidence: Float64Array;
    revenueLastYear: Float64Array;
  };
  match: Match;
}

/** What a person needs to know to decide between the two. */
export function compare(input: CompareInput): Comparison {
  const { standing, record, candidate, rows, match } = input;
  const fates = fatesOf(input);
  const proposed = proposedOf(input);
  return {
    asOf: candidate.asOf,
    currency: candidate.population.currency,
    standing: { ...sideOf(standing, record.asOf), ...placedAt(standing, record) },
    candidate: { ...sideOf(candidate, candidate.asOf), certain: certainOf(candidate, rows.confidence) },
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

function sideOf(model: Model, asOf: string): Omit<Side, 'certain'> {
  const row = model.choice?.table.find(({ k }) => k === model.choice?.k);
  return {
    modelId: model.id,
    kind: model.kind,
    asOf,
    groups: model.segments.length,
    customers: model.population.customers,
    setAside: model.population.setAside.count,
    fitted: row
      ? { fittedAt: model.asOf, delta: row.delta, jaccard: row.jaccard, silhouette: row.silhouette }
      : null,
  };
}

function placedAt(
  { kind }: Model,
  { customers, setAside, segments }: RefreshRecord,
): Pick<Side, 'customers' | 'setAside' | 'certain'> {
  const placed = segments.reduce((sum, { size }) => sum + size, 0);
  const uncertain = segments.reduce((sum, { size, uncertain: part }) => sum + size * part, 0);
  return { customers, setAside, certain: kind === 'rfm' || placed === 0 ? null : 1 - uncertain / placed };
}

function certainOf({ kind }: Model, confidence: Float64Array): number | null {
  const told = confidence.filter(value => !Number.isNaN(value));
  if (kind === 'rfm' || told.length === 0) return null;
  return told.filter(value => value >= CERTAIN).length / told.length;
}

/** The number that was chosen, the one that stands, and those beside the chosen one. */
function rowsThatMatter({ k, reason, table }: KChoice, stands: number): Comparison['choice'] {
  const near = (row: number) => k !== null && Math.abs(row - k) <= 1;
  return { reason, rows: table.filter(row => near(row.k) || row.k === stands) };
}

function fatesOf({ standing, record, candidate, match }: CompareInput): SegmentFate[] {
  const stats = new Map(record.segments.map(segment => [segment.key, segment]));
  return standing.segments.map(({ key, persona, size }, i) => {
    const { kind, pieces } = match.fates[i]!;
    const into = pieces.map(piece => partOf(candidate, piece.into, piece.overlap));
    const partner = match.partners.indexOf(i);
    const successor = partner >= 0 ? partner : kind === 'survived' ? pieces[0].into : -1;
    return {
      key,
      name: persona.name,
      fate: kind,
      into,
      continuedBy: partner < 0 ? null : partOf(candidate, partner, match.overlaps[i]![partner]!),
      before: stats.get(key)?.size ?? size,
      after: successor < 0 ? null : candidate.segments[successor]!.size,
      revenueLastYear: stats.get(key)?.revenueLastYear ?? 0,
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
  const keyBefore = (label: number) => (label < 0 ? setAsideKey : standing.segments[label]!.key);
  const keyAfter = (label: number) => (label < 0 ? setAsideKey : candidate.segments[label]!.key);
  let known = 0;
  let customers = 0;
  let revenueLastYear = 0;
  for (let row = 0; row < rows.before.length; row++) {
    if (rows.before[row]! < -1) continue;
    known++;
    if (keyBefore(rows.before[row]!) === keyAfter(rows.after[row]!)) continue;
    customers++;
    revenueLastYear += rows.revenueLastYear[row]!;
  }
  return { customers, share: known === 0 ? 0 : customers / known, revenueLastYear };
}

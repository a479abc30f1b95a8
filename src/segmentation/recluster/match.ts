import { bestAssignment, nearness } from '../../clustering/matching.ts';
import { matrixOf } from '../../clustering/matrix.ts';
import { adjustedRandIndex, contingency, jaccardTable } from '../../clustering/metrics.ts';
import type { Model } from '../model.ts';
import { type Fate, fates, type Origin } from './fates.ts';

/** With fewer of either grouping's customers in both, segments are matched by where they lie. */
const LEAST_SHARED = 0.3;
/** A segment keeps its key and name where it is more alike than this. */
const CARRIED = 0.5;

export interface MatchInput {
  standing: Pick<Model, 'kind' | 'segments' | 'centroids'>;
  candidate: Pick<Model, 'kind' | 'segments'>;
  /** Of each row of the candidate's table: index of the standing segment; negative for set aside. */
  before: Int32Array;
  /** Of the same rows: 1 for who stood somewhere at the latest record; others are not common to both. */
  known: Uint8Array;
  /** Of the same rows: index of the candidate's segment; negative for set aside. */
  after: Int32Array;
  /** Number of customers in standing segments at the latest record, those without a row here included. */
  placed: number;
  /** Where the candidate's segments lie in the frozen space of the standing model; null where that cannot be told. */
  places: number[][] | null;
}

export interface Match {
  by: 'customers' | 'place';
  common: { customers: number; ofStanding: number; ofCandidate: number };
  /** Null where segments were matched by place, or no customer is in both. */
  agreement: number | null;
  fates: Fate[];
  origins: Origin[];
  /** overlaps[i][j]: part of standing segment i's common customers that are in segment j of the candidate, 0..1. */
  overlaps: number[][];
  /** As `nearness` of the standing centroids and the places of the candidate's; null where places cannot be told. */
  nearness: number[][] | null;
  /** For each segment of the candidate: the standing one whose key and name it keeps, or null. */
  partners: (number | null)[];
}

/** Which new segment is which standing one, and what became of each. */
export function matchSegments(input: MatchInput): Match {
  const { standing, candidate, before, known, after, placed, places } = input;
  const [ka, kb] = [standing.segments.length, candidate.segments.length];
  const rows = Array.from(before.keys()).filter(
    row => known[row] === 1 && before[row]! >= 0 && after[row]! >= 0,
  );
  const labels = [rows.map(row => before[row]!), rows.map(row => after[row]!)] as const;
  const fitted = after.reduce((count, label) => count + (label >= 0 ? 1 : 0), 0);
  const common = {
    customers: rows.length,
    ofStanding: placed === 0 ? 0 : rows.length / placed,
    ofCandidate: fitted === 0 ? 0 : rows.length / fitted,
  };
  const shared = contingency(...labels, ka, kb);
  const overlaps = overlapsOf(shared, ka, kb);
  const near = places && nearness(matrixOf(standing.centroids), matrixOf(places));
  if (near && Math.min(common.ofStanding, common.ofCandidate) < LEAST_SHARED) {
    const partners = partnersOf(near, kb);
    return {
      by: 'place',
      common,
      agreement: null,
      overlaps,
      nearness: near,
      partners,
      ...fatesByPlace(partners, ka),
    };
  }
  return {
    by: 'customers',
    common,
    agreement: rows.length === 0 ? null : adjustedRandIndex(...labels),
    overlaps,
    nearness: near,
    partners:
      standing.kind === 'rfm' && candidate.kind === 'rfm'
        ? partnersByCell(standing, candidate)
        : partnersOf(jaccardTable(shared, ka, kb), kb),
    ...fates(shared, ka, kb),
  };
}

function overlapsOf(shared: Int32Array, ka: number, kb: number): number[][] {
  return Array.from({ length: ka }, (_, i) => {
    const row = Array.from(shared.subarray(i * kb, (i + 1) * kb));
    const size = row.reduce((sum, count) => sum + count, 0);
    return row.map(count => (size === 0 ? 0 : count / size));
  });
}

function partnersOf(fits: number[][], fresh: number): (number | null)[] {
  const partners = new Array<number | null>(fresh).fill(null);
  bestAssignment(fits).forEach((column, row) => {
    if (column !== null && fits[row]![column]! > CARRIED) partners[column] = row;
  });
  return partners;
}

/** A cell of RFM is the same cell whoever is in it. */
function partnersByCell(
  standing: MatchInput['standing'],
  candidate: MatchInput['candidate'],
): (number | null)[] {
  return candidate.segments.map(({ persona }) => {
    const at = standing.segments.findIndex(({ persona: known }) => known.archetype === persona.archetype);
    return at < 0 ? null : at;
  });
}

/** Without customers to follow there is no telling where a segment went, only whether one like it is there. */
function fatesByPlace(
  partners: readonly (number | null)[],
  standing: number,
): { fates: Fate[]; origins: Origin[] } {
  return {
    fates: Array.from({ length: standing }, (_, i): Fate => {
      const into = partners.indexOf(i);
      return into < 0
        ? { kind: 'disappeared', pieces: [] }
        : { kind: 'survived', pieces: [{ into, overlap: 1 }] };
    }),
    origins: partners.map(
      (partner): Origin =>
        partner === null ? { kind: 'appeared', from: [] } : { kind: 'continues', from: [partner] },
    ),
  };
}

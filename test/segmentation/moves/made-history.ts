import { betweenSegments } from '../../../src/segmentation/refresh/moves.ts';
import type { Driver, Move, RefreshRecord, SegmentStats } from '../../../src/segmentation/refresh/record.ts';

export function madeSegment(
  key: string,
  name: string,
  size: number,
  change: Partial<SegmentStats> = {},
): SegmentStats {
  return {
    key,
    name,
    size,
    revenue: size * 400,
    revenueLastYear: size * 200,
    revenueLast90Days: size * 50,
    ordersLast90Days: size,
    ordersLast14Days: Math.round(size / 6),
    confidence: 0.7,
    uncertain: 0.1,
    spread: 4,
    centroid: [0],
    mean: [0],
    ...change,
  };
}

export function madeMove(from: string, to: string, customers: number, change: Partial<Move> = {}): Move {
  return { from, to, customers, revenueLastYear: customers * 200, drivers: [], ...change };
}

export function madeDriver(feature: string, before: number, after: number, share = 0.6): Driver {
  return { feature, label: feature.replaceAll('_', ' '), share, before, after };
}

export function madeRecord(asOf: string, change: Partial<RefreshRecord> = {}): RefreshRecord {
  const segments = change.segments ?? [];
  return {
    modelId: 'm-1',
    asOf,
    kind: 'refresh',
    createdAt: `${asOf}T06:00:00.000Z`,
    previous: null,
    fingerprint: asOf,
    customers: segments.reduce((sum, { size }) => sum + size, 0),
    setAside: 0,
    segments,
    moves: [],
    flapping: { moves: betweenSegments(change.moves ?? []), returns: 0 },
    findings: [],
    features: [],
    ...change,
  };
}

/**
 * Records whose sizes follow from their moves: the first is a fit, each further one a refresh a week later.
 * @param names by key
 */
export function madeHistory(
  names: Readonly<Record<string, string>>,
  sizes: readonly number[],
  weeks: readonly (readonly Move[])[],
  start = '2026-01-05',
): RefreshRecord[] {
  const keys = Object.keys(names);
  const at = (week: number) => new Date(Date.parse(start) + week * 7 * 86_400_000).toISOString().slice(0, 10);
  const standing = new Map(keys.map((key, i) => [key, sizes[i]!]));
  const segments = () => keys.map(key => madeSegment(key, names[key]!, standing.get(key)!));
  const records = [madeRecord(at(0), { kind: 'fit', segments: segments() })];
  weeks.forEach((moves, week) => {
    for (const { from, to, customers } of moves) {
      if (standing.has(from)) standing.set(from, standing.get(from)! - customers);
      if (standing.has(to)) standing.set(to, standing.get(to)! + customers);
    }
    records.push(madeRecord(at(week + 1), { previous: at(week), segments: segments(), moves: [...moves] }));
  });
  return records;
}

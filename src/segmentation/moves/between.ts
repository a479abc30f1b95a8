import { InputError } from '../../errors.ts';
import type { Move, RefreshRecord, SegmentStats } from '../refresh/record.ts';
import { gone, newcomer, setAsideKey } from '../refresh/record.ts';
import { sumMoves } from './sum.ts';

/** Customers, and what they brought in the year before they moved. */
export interface Flow {
  customers: number;
  revenueLastYear: number;
}

/** How a segment came from its size at the first date to that at the last. */
export interface SegmentFlow {
  key: string;
  name: string;
  /** null where no segment of this key stood at that date. */
  before: number | null;
  after: number | null;
  entered: { newcomers: Flow; fromSegments: Flow; fromSetAside: Flow };
  left: { toSegments: Flow; toLapsed: Flow; toSetAside: Flow; gone: Flow };
}

/** What moved between two dates. */
export interface MovesBetween {
  from: string;
  to: string;
  /** Dates of the refreshes whose moves are counted. A customer who moved at two of them counts at each. */
  refreshes: string[];
  /** Dates at which other segments took the place of those before; changes of segment at them are not moves. */
  replaced: { asOf: string; kind: 'fit' | 'promotion' | 'rollback' }[];
  /** Most customers first. */
  moves: Move[];
  /** In the order of the segments at the last date, then those that stand no more. */
  segments: SegmentFlow[];
  newcomers: Flow;
  /** Into the segments of those who stay away, from any other; and back. */
  lapsed: Flow;
  returned: Flow;
}

export interface Period {
  /** Moves after this date count; the date of the record before the last where nothing is said. */
  from?: string | undefined;
  /** And up to this date; that of the last record where nothing is said. */
  to?: string | undefined;
}

/**
 * Moves of the refreshes after `from` and up to `to`, joined.
 * @param records oldest first
 * @param lapsedKeys segments of those who stay away (see `lapsedKeys`)
 */
export function movesBetween(
  records: readonly RefreshRecord[],
  { from, to }: Period,
  lapsedKeys: ReadonlySet<string>,
): MovesBetween {
  const last = records.findLast(({ asOf }) => to === undefined || asOf <= to);
  const first =
    from === undefined
      ? records[records.indexOf(last!) - 1]
      : (records.findLast(({ asOf }) => asOf <= from) ?? records[0]);
  if (!last || !first || first.asOf >= last.asOf) {
    throw new InputError(
      'There was no refresh between these dates, so nobody has moved.',
      records.length < 2
        ? 'Refresh the segments at a later date with `kindred refresh`.'
        : `Choose dates from ${records[0]!.asOf} to ${records.at(-1)!.asOf}.`,
    );
  }
  const counted = records.slice(records.indexOf(first) + 1, records.indexOf(last) + 1);
  const refreshes = counted.filter(({ kind }) => kind === 'refresh');
  const moves = sumMoves(refreshes);
  const isLapsed = (key: string) => lapsedKeys.has(key);
  return {
    from: first.asOf,
    to: last.asOf,
    refreshes: refreshes.map(({ asOf }) => asOf),
    replaced: counted.flatMap(({ asOf, kind }) => (kind === 'refresh' ? [] : [{ asOf, kind }])),
    moves,
    segments: segmentsOf(first, last, refreshes).map(segment => ({
      ...segment,
      ...flowsOf(segment.key, moves, isLapsed),
    })),
    newcomers: flow(moves.filter(move => move.from === newcomer)),
    lapsed: flow(moves.filter(move => isSegment(move.from) && !isLapsed(move.from) && isLapsed(move.to))),
    returned: flow(moves.filter(move => isLapsed(move.from) && isSegment(move.to) && !isLapsed(move.to))),
  };
}

/** Whether a key of a move names a segment. */
export function isSegment(key: string): boolean {
  return key !== newcomer && key !== gone && key !== setAsideKey;
}

function flow(moves: readonly Move[]): Flow {
  return {
    customers: moves.reduce((sum, move) => sum + move.customers, 0),
    revenueLastYear: moves.reduce((sum, move) => sum + move.revenueLastYear, 0),
  };
}

function flowsOf(
  key: string,
  moves: readonly Move[],
  isLapsed: (key: string) => boolean,
): Pick<SegmentFlow, 'entered' | 'left'> {
  const into = moves.filter(({ to }) => to === key);
  const out = moves.filter(({ from }) => from === key);
  const lapsing = (to: string) => isLapsed(to) && !isLapsed(key);
  return {
    entered: {
      newcomers: flow(into.filter(({ from }) => from === newcomer)),
      fromSegments: flow(into.filter(({ from }) => isSegment(from))),
      fromSetAside: flow(into.filter(({ from }) => from === setAsideKey)),
    },
    left: {
      toSegments: flow(out.filter(({ to }) => isSegment(to) && !lapsing(to))),
      toLapsed: flow(out.filter(({ to }) => lapsing(to))),
      toSetAside: flow(out.filter(({ to }) => to === setAsideKey)),
      gone: flow(out.filter(({ to }) => to === gone)),
    },
  };
}

/** Segments at either end, and those that stood in between only. */
function segmentsOf(
  first: RefreshRecord,
  last: RefreshRecord,
  between: readonly RefreshRecord[],
): Pick<SegmentFlow, 'key' | 'name' | 'before' | 'after'>[] {
  const found = new Map<string, SegmentStats>();
  for (const { segments } of [last, first, ...between]) {
    for (const segment of segments) if (!found.has(segment.key)) found.set(segment.key, segment);
  }
  const sizeAt = (record: RefreshRecord, key: string) =>
    record.segments.find(segment => segment.key === key)?.size ?? null;
  return [...found.values()].map(({ key, name }) => ({
    key,
    name,
    before: sizeAt(first, key),
    after: sizeAt(last, key),
  }));
}

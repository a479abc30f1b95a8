import { daysAfter } from '../../../../features/as-of.ts';
import { newcomer, setAsideKey } from '../../../refresh/record.ts';
import type { MovedGiven, SegmentGiven } from '../filter.ts';
import type { MovedClause, Period, ResolvedClause } from '../resolved.ts';
import type { FilterShop } from '../shop.ts';
import type { Entry } from '../vocabulary.ts';
import { type Path, wrong } from './errors.ts';
import { findWords, namesKept } from './names.ts';
import { resolvePeriod } from './period.ts';
import { checkShape, type Plain } from './shape.ts';

/** Who stands in a segment. */
export function resolveSegment(
  given: Plain,
  shop: FilterShop,
  path: Path,
): { clause: ResolvedClause; kept: SegmentGiven } {
  const { segment } = checkShape('segment', given, path);
  const keys = findKeys(segment, standing(shop), path);
  return { clause: { kind: 'segment', keys }, kept: { segment: namesKept(keys) } };
}

/** Who came from one segment to another at a refresh. */
export function resolveMoved(
  given: Plain,
  shop: FilterShop,
  path: Path,
): { clause: MovedClause; kept: MovedGiven } {
  const { moved } = checkShape('moved', given, path);
  const ever = [...standing(shop), ...former(shop)];
  const before: Entry = { name: newcomer, value: newcomer };
  const from = moved.from === undefined ? null : findKeys(moved.from, [...ever, before], path);
  const to = moved.to === undefined ? null : findKeys(moved.to, ever, path);
  // What the refresh of the as-of date found is known.
  const { period, kept } = resolvePeriod(moved, 'moved', daysAfter(shop.asOf, 1), path);
  const dates = refreshesIn(shop, period, path);
  return {
    clause: { kind: 'moved', from, to, dates, period },
    kept: {
      moved: {
        ...(from ? { from: namesKept(from) } : {}),
        ...(to ? { to: namesKept(to) } : {}),
        ...kept,
      },
    },
  };
}

/**
 * Dates whose changes of segment are moves: those of refreshes alone. A move that a refresh found happened before its
 * date, so that `within` 7 days of the as-of date is the latest of weekly refreshes and not the one before.
 */
function refreshesIn({ asOf, history }: FilterShop, period: Period | null, path: Path): string[] {
  const others = new Set(history.filter(({ kind }) => kind !== 'refresh').map(record => record.asOf));
  const dates = history.map(record => record.asOf).filter(date => date <= asOf && !others.has(date));
  const latest = dates.at(-1);
  if (latest === undefined)
    throw wrong(
      path,
      'Nobody has moved: there has been no refresh since the shop was segmented.',
      'Moves are told from the next `kindred refresh` on.',
    );
  if (!period) return [latest];
  const { since, until } = period;
  const found = dates.filter(date => (since === null || date >= since) && (until === null || date < until));
  if (found.length === 0)
    throw wrong(
      path,
      'No refresh lies in that period.',
      `The latest was on ${latest}; choose a longer period.`,
    );
  return found;
}

function findKeys(given: SegmentGiven['segment'], entries: readonly Entry[], path: Path): string[] {
  return findWords(given, { what: 'segment', all: 'segments', entries, goods: false, blockedTerms: [] }, path)
    .values;
}

/** By key and by name. */
function standing({ model }: FilterShop): Entry[] {
  return [
    ...model.segments.flatMap(({ key, persona }) => [
      { name: persona.name, value: key },
      { name: key, value: key },
    ]),
    { name: setAsideKey, value: setAsideKey },
  ];
}

/** Segments that stood once, by key, and by name where none that stands has it. */
function former(shop: FilterShop): Entry[] {
  const taken = new Set(standing(shop).map(({ name }) => name.toLowerCase()));
  const told = shop.history.flatMap(({ segments }) => segments);
  return told
    .flatMap(({ key, name }) => [
      { name, value: key },
      { name: key, value: key },
    ])
    .filter(({ name }) => !taken.has(name.toLowerCase()));
}

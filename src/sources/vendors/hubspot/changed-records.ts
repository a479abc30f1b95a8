import type { HubspotApi, HubspotFilter, HubspotRecord } from '../../../vendors/hubspot-api.ts';
import type { Cursor } from '../../pull/source.ts';

/** Records of one search. */
const most = 200;
/** The index of searches lags behind: what was changed shortly before the last pull ended may not have been in it. */
const lag = 5 * 60_000;

export interface Found {
  ids: readonly string[];
  cursor: Cursor;
  /** How many there are in all; of the first search only. */
  expected?: number;
}

/**
 * Ids of records in the order of their last change. Each search begins at the time of the last record of the one before, not
 * at a place in the results: those end after 10,000, and shift whenever a record changes. Where more records than one search
 * tells were changed in the same millisecond, as by an import, these are walked through by their ids.
 */
export async function* changedRecords(
  api: HubspotApi,
  kind: 'contacts' | 'tickets',
  changedProperty: string,
  cursor: Cursor | null,
): AsyncIterable<Found> {
  let from = startOf(cursor);
  let tiesAfter = typeof cursor?.ties_after === 'string' ? cursor.ties_after : null;
  let operator: 'GTE' | 'GT' = 'GTE';
  let seen = new Set<string>();
  let expected: number | undefined;
  const search = async (filters: readonly HubspotFilter[], sort: string) => {
    const { total, results } = await api.search(kind, {
      filters,
      sort,
      properties: [changedProperty],
      limit: most,
    });
    expected ??= total;
    return results;
  };
  for (;;) {
    if (from !== null && tiesAfter !== null) {
      const tied = await search(
        [
          { propertyName: changedProperty, operator: 'EQ', value: String(from) },
          { propertyName: 'hs_object_id', operator: 'GT', value: tiesAfter },
        ],
        'hs_object_id',
      );
      const isLast = tied.length < most;
      tiesAfter = isLast ? null : tied.at(-1)!.id;
      yield { ids: tied.map(({ id }) => id), cursor: cursorOf(from, tiesAfter, false), ...told(expected) };
      if (isLast) operator = 'GT';
      continue;
    }
    const filters = from === null ? [] : [{ propertyName: changedProperty, operator, value: String(from) }];
    const results = await search(filters, changedProperty);
    const times = results.map(record => changedAt(record, changedProperty));
    const isLast = results.length < most;
    if (!isLast && times[0] === times.at(-1)) {
      from = times[0]!;
      tiesAfter = '0';
      continue;
    }
    const ids = results.map(({ id }) => id).filter(id => !seen.has(id));
    from = times.at(-1) ?? from;
    operator = 'GTE';
    seen = new Set(results.filter((_, i) => times[i] === from).map(({ id }) => id));
    yield { ids, cursor: cursorOf(from, null, isLast), ...told(expected) };
    if (isLast) return;
  }
}

function startOf(cursor: Cursor | null): number | null {
  if (typeof cursor?.changed !== 'string') return null;
  const changed = Date.parse(cursor.changed);
  return cursor.complete === true ? changed - lag : changed;
}

function cursorOf(from: number | null, tiesAfter: string | null, complete: boolean): Cursor {
  return {
    changed: from === null ? null : new Date(from).toISOString(),
    ties_after: tiesAfter,
    complete,
  };
}

const told = (expected: number | undefined) => (expected === undefined ? {} : { expected });

function changedAt({ properties }: HubspotRecord, property: string): number {
  const text = properties[property] ?? '';
  return /^\d+$/.test(text) ? Number(text) : Date.parse(text);
}

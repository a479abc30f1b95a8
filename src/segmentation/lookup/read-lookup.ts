import { setImmediate as pause } from 'node:timers/promises';
import type { State } from '../../state/state.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import { permissionSql } from '../consent/permission.ts';
import { currentModel } from '../current.ts';
import { segmentIndex } from './segment-index.ts';

/** What a shop's pages may know of one customer. */
export interface FoundSegment {
  key: string;
  name: string;
}

/** Segments of customers by their ids, as they stood when it was read. */
export interface Lookup {
  /** The date as of which the segments stand. */
  asOf: string;
  /**
   * undefined for whom nothing may be told of: nobody has the id, they never ordered, are set aside, or object to
   * profiling. Which of them it is, is not told.
   */
  find(source: string, id: string): FoundSegment | undefined;
}

/** A greeting by segment is not advertising: it needs no yes, and heeds every no. */
const asked = { channel: 'personalisation', basis: 'legitimate-interest' } as const;

/** Reads who is where. Identities that were joined since the last refresh stand where their profile of then stood. */
export async function readLookup(
  warehouse: Warehouse,
  state: Pick<State, 'owner' | 'models'>,
): Promise<Lookup> {
  const model = await currentModel(state);
  const segments = model.segments.map(({ key, persona }) => ({ key, name: persona.name }));
  const numbered = segments.map(({ key }, s) => `(${literal(key)}, ${s})`).join(', ');
  const { keys, values } = await warehouse.columns(`
    WITH stands AS (
      SELECT m.profile_id, n.s FROM memberships m JOIN (VALUES ${numbered}) AS n (key, s) ON n.key = m.segment_key
      WHERE m.owner = ${literal(state.owner)} AND m.valid_to IS NULL)
    SELECT i.source || '/' || i.source_id AS key, coalesce(now.s, before.s) AS s
    FROM identities i
    LEFT JOIN stands now ON now.profile_id = i.profile_id
    LEFT JOIN stands before ON before.profile_id = i.source || '/' || i.source_id
    JOIN (${permissionSql(asked)}) AS permission ON permission.profile_id = i.profile_id
    WHERE coalesce(now.s, before.s) IS NOT NULL AND permission.reason IS NULL`);
  const index = await segmentIndex(keys, values[0]!, pause);
  return {
    asOf: model.describedAsOf,
    find(source, id) {
      const found = index.find(source, id);
      return found === undefined ? undefined : segments[found]!;
    },
  };
}

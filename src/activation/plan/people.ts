import { type Asked, askedTable } from '../../segmentation/audiences/asked.ts';
import { joinKnown } from '../../segmentation/audiences/filter/known.ts';
import { permissionSql } from '../../segmentation/consent/permission.ts';
import { setAsideKey } from '../../segmentation/refresh/record.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import type { Destination, Member } from '../destination.ts';
import { sizeNeeded } from '../lift/size-needed.ts';
import type { SyncBasis } from '../sync.ts';

/** A member of the audience, as the warehouse knows them. */
export interface Person {
  member: Member;
  /** The key of the segment in which they stand. */
  segment: string;
  /** Why they may not be handed out; null where they may. */
  reason: string | null;
}

export interface PeopleAsked {
  /** Also the source whose own addresses of a person come first. */
  connection: string;
  channel: Destination['channel'];
  basis: SyncBasis;
  /** The name of the property that carries the segment's name; null where none does. */
  segmentProperty: string | null;
  holdout: number;
}

/** A row per member of the audience while it is planned. */
const table = 'sync_people';
/** Members that are looked at at a time: memory does not depend on how many there are. */
const chunk = 5000;
const separator = 'chr(31)';

interface Row {
  place: number;
  profileId: string;
  email: string | null;
  phone: string | null;
  country: string | null;
  ids: string | null;
  segment: string | null;
  reason: string | null;
  consent: Member['consent'];
}

/**
 * Reads who is in an audience, in the order of their profiles: each once, whatever ids and addresses they have.
 *
 * @param tx in which the audience is asked
 * @param each called for so many at a time
 * @returns how many there are, and what the holdout can show, in words
 */
export async function readPeople(
  tx: Warehouse,
  asked: Asked,
  { connection, channel, basis, segmentProperty, holdout }: PeopleAsked,
  each: (people: Person[]) => Promise<void>,
): Promise<{ members: number; canShow: string }> {
  const { features, model } = asked.shop;
  const names = new Map(model.segments.map(({ key, persona }) => [key, persona.name]));
  await tx.execute(`DROP TABLE IF EXISTS ${table}`);
  await tx.execute(`CREATE TEMP TABLE ${table} AS
SELECT a.place, f.profile_id, p.email, p.phone, p.country, i.ids, k.segment_key,
  CASE WHEN r.profile_id IS NULL THEN 'nothing is known of their permission' ELSE r.reason END AS reason,
  CASE WHEN c.reason IS NULL THEN 'granted' WHEN c.reason LIKE 'no consent%' THEN 'none' ELSE 'denied' END AS consent
FROM ${askedTable} AS a
JOIN ${features.table} AS f ON f.place = a.place
${joinKnown}
LEFT JOIN (${addresses(connection)}) AS p ON p.profile_id = f.profile_id
LEFT JOIN (SELECT profile_id, string_agg(source || '/' || source_id, ${separator} ORDER BY source, source_id) AS ids
  FROM identities GROUP BY profile_id) AS i ON i.profile_id = f.profile_id
LEFT JOIN (${permissionSql({ channel, basis: basis.lawfulBasis })}) AS r ON r.profile_id = f.profile_id
LEFT JOIN (${permissionSql({ channel, basis: 'consent' })}) AS c ON c.profile_id = f.profile_id
WHERE a.member
ORDER BY a.place`);
  if (tx.dialect.name === 'postgres') await tx.execute(`CREATE UNIQUE INDEX ON ${table} (place)`);
  const [all] = await tx.query<{ members: number }>(`SELECT count(*) AS "members" FROM ${table}`);
  const able = `SELECT profile_id FROM ${table} WHERE reason IS NULL`;
  const { says: canShow } = await sizeNeeded(tx, { members: able, holdout, asOf: asked.shop.asOf });
  for (let last = -1; ; ) {
    const rows = await tx.query<Row>(
      `SELECT place AS "place", profile_id AS "profileId", email AS "email", phone AS "phone", country AS "country",
  ids AS "ids", segment_key AS "segment", reason AS "reason", consent AS "consent"
FROM ${table} WHERE place > CAST($1 AS BIGINT) ORDER BY place LIMIT ${chunk}`,
      [last],
    );
    if (rows.length === 0) break;
    last = rows.at(-1)!.place;
    await each(
      rows.map(({ place: _, ids, segment, reason, ...known }) => ({
        segment: segment ?? 'none',
        reason,
        member: {
          ...known,
          ids: (ids ?? '').split('\u001f').filter(Boolean).map(idOf),
          properties: segmentProperty === null ? {} : { [segmentProperty]: nameOf(names, segment) },
        },
      })),
    );
  }
  await tx.execute(`DROP TABLE ${table}`);
  return { members: all!.members, canShow };
}

/** Of several addresses that which the destination itself knows, as far as it is a source; otherwise the least. */
function addresses(connection: string): string {
  const least = (value: string) =>
    `coalesce(min(${value}) FILTER (WHERE source = ${literal(connection)}), min(${value}))`;
  const email = "CASE WHEN email LIKE '%_@_%' THEN lower(trim(email)) END";
  const phone = "CASE WHEN phone LIKE '+%' THEN phone END";
  const country = 'CASE WHEN length(trim(country)) = 2 THEN upper(trim(country)) END';
  return `SELECT profile_id, ${least(email)} AS email, ${least(phone)} AS phone, ${least(country)} AS country
  FROM customers GROUP BY profile_id`;
}

/** A source has no slash in its name; an id may. */
function idOf(named: string): { source: string; id: string } {
  const slash = named.indexOf('/');
  return { source: named.slice(0, slash), id: named.slice(slash + 1) };
}

function nameOf(names: ReadonlyMap<string, string>, segment: string | null): string | null {
  if (segment === null) return null;
  return segment === setAsideKey ? 'Set aside' : (names.get(segment) ?? segment);
}

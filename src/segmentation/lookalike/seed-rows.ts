import { objectsNot } from '../../features/objectors.ts';
import { literal, type Warehouse } from '../../warehouse/port.ts';
import { joinKnown } from '../audiences/filter/known.ts';
import type { FilterShop } from '../audiences/filter/shop.ts';

/** What the worth of a customer is measured by; null where orders carry no money. */
export type SeedValue = 'lifetime_value' | 'revenue' | null;

export interface SeedRequest {
  segment: string;
  value: SeedValue;
  size: number;
}

/** Stands for a temporary table of the segment's members while a seed is chosen. */
export const memberTable = 'lookalike_members';

/**
 * Something, "@", something with a point in it, without spaces; begun by a letter or a digit, so that no spreadsheet takes
 * it for a formula.
 */
const looksLikeEmail = '^[a-z0-9][^[:space:]@,;]*@[^[:space:]@,;]+[.][^[:space:]@,;.]+$';

/**
 * Writes a row per member of the segment: `place`, `confidence`, `value`, the normalised `email` where there is one that is
 * theirs alone (a mailbox that several customers share is nobody's), and whether the member is in the `seed`. The seed are
 * the most valuable of the more typical half, or of as many of the most typical as it takes.
 */
export async function fillMembers(
  tx: Warehouse,
  shop: FilterShop,
  { segment, value, size }: SeedRequest,
): Promise<void> {
  const worth =
    value === null ? 'CAST(NULL AS DOUBLE PRECISION)' : value === 'revenue' ? 'a.revenue' : `k.${value}`;
  await tx.execute(
    `CREATE TEMP TABLE ${memberTable} (place BIGINT, confidence DOUBLE PRECISION, value DOUBLE PRECISION, email TEXT, seed BOOLEAN)`,
  );
  await tx.execute(
    `INSERT INTO ${memberTable} (place, confidence, value, email, seed)
WITH addresses AS (
  SELECT profile_id, lower(trim(email)) AS email FROM customers WHERE profile_id IS NOT NULL AND email IS NOT NULL
),
own AS (
  SELECT min(profile_id) AS profile_id, email FROM addresses
  WHERE email ~ ${literal(looksLikeEmail)}
  GROUP BY email HAVING count(DISTINCT profile_id) = 1
),
first_own AS (SELECT profile_id, min(email) AS email FROM own GROUP BY profile_id),
members AS (
  SELECT a.place, k.confidence, ${worth} AS value, CASE WHEN k.reachable AND ${objectsNot('a.profile_id')} THEN e.email END AS email
  FROM ${shop.features.table} AS a
  ${joinKnown}
  LEFT JOIN first_own AS e ON e.profile_id = a.profile_id
  WHERE k.segment_key = ${literal(segment)}
),
usable AS (
  SELECT *, row_number() OVER (ORDER BY confidence DESC, value DESC NULLS LAST, place) AS typical, count(*) OVER () AS all_of_them
  FROM members WHERE email IS NOT NULL
),
chosen AS (
  SELECT place FROM usable WHERE typical <= ${size} OR 2 * typical <= all_of_them + 1
  ORDER BY value DESC NULLS LAST, typical LIMIT ${size}
)
SELECT members.place, confidence, value, email, chosen.place IS NOT NULL
FROM members LEFT JOIN chosen ON chosen.place = members.place`,
  );
}

/** Of a group of the segment: how many, and the means of how typical and how valuable they are. */
export interface GroupMeans {
  customers: number;
  /** 0..1; null where there is nobody. */
  confidence: number | null;
  value: number | null;
}

/** Summed in millionths and cents, as sums of fractions depend on the order of rows. */
export async function meansOf(tx: Warehouse, group: 'members' | 'usable' | 'seed'): Promise<GroupMeans> {
  const where = { members: 'TRUE', usable: 'email IS NOT NULL', seed: 'seed' }[group];
  const [row] = await tx.query<{ customers: number; confidence: number; known: number; value: number }>(
    `SELECT count(*) AS customers, coalesce(sum(CAST(floor(confidence * 1000000 + 0.5) AS BIGINT)), 0) AS confidence,
  count(value) AS known, coalesce(sum(CAST(floor(value * 100 + 0.5) AS BIGINT)), 0) AS value
FROM ${memberTable} WHERE ${where}`,
  );
  const { customers, confidence, known, value } = row!;
  return {
    customers,
    confidence: customers > 0 ? confidence / customers / 1e6 : null,
    value: known > 0 ? value / known / 100 : null,
  };
}

/** The rows of the file, most valuable first; the hash is the one that advertising platforms make of an address. */
export function seedRows({ dialect }: Warehouse): string {
  const hash =
    dialect.name === 'postgres' ? "encode(sha256(convert_to(email, 'UTF8')), 'hex')" : 'sha256(email)';
  return `SELECT email, ${hash} AS email_sha256, CAST(value AS NUMERIC(18, 2)) AS value
FROM ${memberTable} WHERE seed ORDER BY ${memberTable}.value DESC NULLS LAST, place`;
}

import { createHash } from 'node:crypto';
import { bind } from '../../../features/as-of.ts';
import { cents } from '../../../features/expressions.ts';
import { noteFeatures, type StoredFeatures, storedFeatures } from '../../../features/feature-store.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import { scores } from '../../predictions/scores.ts';
import { reachableProfiles } from '../../reachable.ts';
import type { RefreshRecord } from '../../refresh/record.ts';
import { readJoined, scoreRows, standingRows } from './compile/rows-per-profile.ts';

/**
 * A row per buyer, by `place` as in the table of features: `segment_key` and `confidence` of where they stand, `reachable`
 * for who may be written to, every score, and the `exactSums`. To look this up by the text of a profile's id takes longer than all else
 * that a question asks, so it is done once for many questions.
 */
export const knownTable = 'known_of_buyers';

/** Joins it, as `k`, to rows `a` of buyers with their places. */
export const joinKnown = `LEFT JOIN ${knownTable} AS k ON k.place = a.place`;

/** What is summed of buyers, as whole numbers, as sums of fractions depend on the order of rows; NULL where not known. */
const exactSums = {
  revenue_cents: 'revenue',
  last_year_cents: 'revenue_last_year',
  lifetime_cents: 'lifetime_value',
  risk_cents: 'value_at_risk',
  orders_millionths: 'expected_orders_90',
} as const;
export type ExactSum = keyof typeof exactSums;

function exactColumns({ features }: StoredFeatures): string[] {
  const here = new Set(features.map(({ id }) => id));
  return Object.entries(exactSums).map(([name, id]) => {
    const isScore = scores.some(score => score.id === id);
    if (!isScore && !here.has(id)) return `CAST(NULL AS BIGINT) AS ${name}`;
    const value = `${isScore ? 's' : 'f'}.${id}`;
    const exact =
      name === 'orders_millionths' ? `CAST(floor(${value} * 1000000 + 0.5) AS BIGINT)` : cents(value);
    return `CASE WHEN ${value} IS NOT NULL THEN ${exact} END AS ${name}`;
  });
}

interface Source {
  owner: string;
  /** Oldest first. */
  history: readonly Pick<RefreshRecord, 'modelId' | 'fingerprint' | 'createdAt'>[];
  features: StoredFeatures;
}

/** Writes the table as of the date of the features, where it does not hold what they go with already. */
export async function writeKnown(tx: Warehouse, { owner, history, features }: Source): Promise<void> {
  const { asOf } = features;
  const columns = [...scores.map(({ id }) => `s.${id}`), ...exactColumns(features)];
  const mark = markOf({ owner, history, features }, columns, await storedFeatures(tx, features.table));
  const known = await storedFeatures(tx, knownTable);
  if (mark !== null && known?.mark === mark) return;
  const joined = await readJoined(tx, owner, asOf);
  const ids = scores.map(({ id }) => id);
  const rows = (sql: string, name: string) =>
    `LEFT JOIN (${bind(sql, asOf)}) AS ${name} ON ${name}.profile_id = f.profile_id`;
  await tx.execute(`DROP TABLE IF EXISTS ${knownTable}`);
  await tx.execute(`CREATE TABLE ${knownTable} AS
SELECT f.place, p.segment_key, p.confidence, r.profile_id IS NOT NULL AS reachable, ${columns.join(', ')}
FROM ${features.table} AS f
${rows(standingRows(owner, joined), 'p')}
${rows(scoreRows(owner, ids, joined), 's')}
${rows(reachableProfiles(features), 'r')}
ORDER BY f.place`);
  if (tx.dialect.name === 'postgres') {
    await tx.execute(`CREATE UNIQUE INDEX ON ${knownTable} (place)`);
    await tx.execute(`ANALYZE ${knownTable}`);
  }
  await noteFeatures(tx, { table: knownTable, asOf, features: [] }, mark);
}

/**
 * The same as long as nobody was placed or scored anew, the rows of the features are the same, and so are the columns: another
 * version may have written the table. Null where it cannot be told.
 */
function markOf(
  { owner, history, features }: Source,
  columns: readonly string[],
  stored: { mark: string | null } | null,
): string | null {
  if (!stored?.mark) return null;
  const { modelId, fingerprint, createdAt } = history.at(-1) ?? {};
  const of = [owner, features.asOf, stored.mark, modelId, fingerprint, createdAt, columns];
  return createHash('sha256').update(JSON.stringify(of)).digest('hex');
}

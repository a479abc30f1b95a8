import { literal, type Warehouse } from '../warehouse/port.ts';
import type { CanonicalTable } from '../warehouse/schema.ts';
import { type Joined, joinIdentities, type SharedKey } from './identity-groups.ts';

/** How many ids were joined to a profile, and by what. */
export interface MergeReport {
  identities: number;
  profiles: number;
  byEmail: number;
  byPhone: number;
  byId: number;
  /** E-mails, phones and ids on too many customers of one source to be one person's; they join nothing. */
  sharedAddresses: number;
}

/** More ids of one source than this on one address: it is a family's, an office's or a placeholder. */
const mostOfOneSource = 3;

/** Every way in which an id can be known to others. Blank and implausibly short ones are left out. */
const keys = `
  SELECT 'email' AS kind, lower(trim(email)) AS key, source, customer_id AS id FROM customers WHERE email LIKE '%_@_%'
  UNION ALL
  SELECT 'phone', CASE WHEN phone LIKE '+%' THEN phone ELSE source || ':' || phone END, source, customer_id
  FROM customers WHERE length(replace(phone, '+', '')) BETWEEN 7 AND 15
    AND replace(replace(phone, '+', ''), substr(replace(phone, '+', ''), 1, 1), '') <> ''
  UNION ALL
  SELECT 'id', external_id, source, customer_id FROM customers WHERE external_id IS NOT NULL
  UNION ALL
  SELECT 'own id', source_id, source, source_id FROM identities
  WHERE source_id IN (SELECT external_id FROM customers WHERE external_id IS NOT NULL)`;

/**
 * Joins the ids of all sources into profiles and corrects profile_id wherever it changed, inside a transaction. Every
 * id must have its row in `identities`. The result depends on what is stored only, not on the order in which it came.
 */
export async function reconcile(tx: Warehouse): Promise<void> {
  const shared = await tx.query<SharedKey>(`
    WITH keys AS (${keys})
    SELECT k.kind AS "kind", k.key AS "key", k.source AS "source", k.id AS "id"
    FROM keys k
    JOIN (SELECT CASE WHEN kind = 'own id' THEN 'id' ELSE kind END AS kind, key FROM keys
          GROUP BY 1, 2 HAVING count(*) > 1) s
      ON s.key = k.key AND s.kind = CASE WHEN k.kind = 'own id' THEN 'id' ELSE k.kind END`);
  await write(tx, joinIdentities(shared, mostOfOneSource));
}

/** Whether a new id without a customer's row could be known to another source. */
export async function hasForeignIds(tx: Warehouse): Promise<boolean> {
  const found = await tx.query('SELECT 1 AS "found" FROM customers WHERE external_id IS NOT NULL LIMIT 1');
  return found.length > 0;
}

/** Gives each customer id of the staged rows its row in `identities`, as a profile of its own until it is joined. */
export async function ensureIdentities(
  tx: Warehouse,
  source: string,
  staged: readonly { table: CanonicalTable; name: string }[],
): Promise<number> {
  let added = 0;
  for (const { table, name } of staged) {
    if (table === 'order_lines') continue;
    added += await tx.execute(`
      INSERT INTO identities (source, source_id, profile_id, reason)
      SELECT n.source, n.customer_id, n.source || '/' || n.customer_id, 'own id'
      FROM (SELECT DISTINCT ${literal(source)} AS source, customer_id FROM ${name}) n
      LEFT JOIN identities i ON i.source = n.source AND i.source_id = n.customer_id
      WHERE i.source_id IS NULL`);
  }
  return added;
}

async function write(tx: Warehouse, joined: readonly Joined[]): Promise<void> {
  await tx.execute(
    'CREATE TEMP TABLE joined AS SELECT source, source_id, profile_id, reason FROM identities LIMIT 0',
  );
  if (joined.length > 0)
    await tx.append('joined', {
      source: joined.map(row => row.source),
      source_id: joined.map(row => row.id),
      profile_id: joined.map(row => row.profile),
      reason: joined.map(row => row.reason),
    });
  await tx.execute(`
    CREATE TEMP TABLE moved AS
    SELECT w.source, w.source_id, w.profile_id, w.reason, w.profile_id <> w.before AS moves
    FROM (SELECT i.source, i.source_id, i.profile_id AS before, i.reason AS told,
            coalesce(j.profile_id, i.source || '/' || i.source_id) AS profile_id, coalesce(j.reason, 'own id') AS reason
          FROM identities i LEFT JOIN joined j ON j.source = i.source AND j.source_id = i.source_id) w
    WHERE w.profile_id <> w.before OR w.reason <> w.told`);
  const [found] = await tx.query<{ rows: number; moves: number }>(
    'SELECT count(*) AS "rows", count(*) FILTER (WHERE moves) AS "moves" FROM moved',
  );
  if (found!.rows > 0)
    await tx.execute(`
      UPDATE identities SET profile_id = m.profile_id, reason = m.reason FROM moved m
      WHERE identities.source = m.source AND identities.source_id = m.source_id`);
  if (found!.moves > 0) {
    for (const table of ['customers', 'orders', 'events', 'tickets', 'consents']) {
      await tx.execute(`
        UPDATE ${table} SET profile_id = m.profile_id FROM moved m
        WHERE m.moves AND ${table}.source = m.source AND ${table}.customer_id = m.source_id`);
    }
    await tx.execute(`
      UPDATE order_lines SET profile_id = o.profile_id FROM orders o, moved m
      WHERE m.moves AND o.source = m.source AND o.customer_id = m.source_id
        AND order_lines.source = o.source AND order_lines.order_id = o.order_id`);
  }
  await tx.execute('DROP TABLE joined');
  await tx.execute('DROP TABLE moved');
}

/** Counts over what is stored. */
export async function mergeReport(warehouse: Warehouse): Promise<MergeReport> {
  const [report] = await warehouse.query<MergeReport>(`
    SELECT count(*) AS "identities", count(DISTINCT profile_id) AS "profiles",
      count(*) FILTER (WHERE reason LIKE 'same e-mail as %') AS "byEmail",
      count(*) FILTER (WHERE reason LIKE 'same phone as %') AS "byPhone",
      count(*) FILTER (WHERE reason LIKE 'same id as %') AS "byId",
      (SELECT count(*) FROM (
         SELECT DISTINCT kind, key FROM (${keys}) k WHERE kind <> 'own id'
         GROUP BY kind, key, source HAVING count(*) > ${mostOfOneSource}) crowded) AS "sharedAddresses"
    FROM identities`);
  return report!;
}

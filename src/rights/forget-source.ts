import type { App } from '../app.ts';
import { disconnect } from '../connections/disconnect.ts';
import { dropFeatures } from '../features/feature-store.ts';
import { reconcile } from '../sources/identities.ts';
import { literal, type Warehouse } from '../warehouse/port.ts';
import { canonicalTables } from '../warehouse/schema.ts';

/**
 * Removes all that came from a connection, also by files under its name, and the connection with its secrets: the shop has the
 * right to it, so nobody is asked. People whom other sources know stay by what those told. Done again it finds nothing.
 *
 * @returns rows removed
 */
export async function forgetSource(
  app: Pick<App, 'state' | 'warehouse' | 'now'>,
  { name, actor, why }: { name: string; actor: string; why: string },
): Promise<number> {
  const warehouse = await app.warehouse();
  const rows = await warehouse.transaction(tx => removeRows(tx, name));
  await warehouse.compact();
  const state = await app.state();
  if (await state.connections.byName(name)) await disconnect(app, { name, endSyncs: true, actor });
  const at = app.now().toISOString();
  await state.audit.append({ at, actor, action: 'source.forgotten', subject: name, details: { why, rows } });
  return rows;
}

async function removeRows(tx: Warehouse, source: string): Promise<number> {
  const own = `source = ${literal(source)}`;
  let rows = 0;
  for (const table of [...Object.keys(canonicalTables), 'identities'])
    rows += await tx.execute(`DELETE FROM ${table} WHERE ${own}`);
  await tx.execute(`DELETE FROM versions WHERE ${own}`);
  const day = '____-__-__';
  for (const table of ['rejects', 'imports'])
    await tx.execute(
      `DELETE FROM ${table} WHERE import_id LIKE ${literal(`% ${day} ${likeText(source)}`)} ESCAPE '!'`,
    );
  await reconcile(tx);
  for (const table of ['memberships', 'placements', 'scores', 'trigger_members'])
    rows += await tx.execute(
      `DELETE FROM ${table} WHERE NOT EXISTS (SELECT 1 FROM identities i WHERE i.profile_id = ${table}.profile_id)`,
    );
  // They have a row for everybody; the next refresh makes them anew.
  const features = await tx.query<{ name: string }>(
    'SELECT name AS "name" FROM feature_tables ORDER BY name',
  );
  for (const { name } of features) await dropFeatures(tx, name);
  return rows;
}

const likeText = (text: string) => text.replaceAll(/[!%_]/g, '!$&');

import { afterAll, beforeAll, expect, test } from 'vitest';
import { reconcileTriggers } from '../../src/segmentation/triggers/reconcile.ts';
import { openState } from '../../src/state/state.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { type Child, startChild } from '../support/child.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const data = dir.file('data');
const token = 'a-secret-of-enough-letters';
const main = new URL('../../src/main.ts', import.meta.url);
const children: Child[] = [];
let database: string;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(async () => {
  for (const child of children) child.process.kill('SIGKILL');
  await Promise.all(children.map(child => child.ended));
  dir.remove();
});

async function serve(): Promise<{ url: string; child: Child }> {
  const child = startChild(
    main,
    ['serve', '--data', data],
    `export KINDRED_PORT=0 KINDRED_EVENTS_TOKEN=${token} DATABASE_URL='${database}'`,
  );
  children.push(child);
  const line = await child.line();
  return { url: line.slice(line.lastIndexOf(' ') + 1), child };
}

async function post(url: string, events: object[]): Promise<{ stored: number; alreadyThere: number }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(events) });
  // As a sender does that is told that the store is busy: it may still be opening.
  if (response.status === 503) return post(url, events);
  if (response.status !== 200) throw new Error(await response.text());
  return (await response.json()) as { stored: number; alreadyThere: number };
}

test('a server killed while events arrive has lost none that it answered for, and who is in is what they say', async () => {
  const rule = '{"all":[{"type":"Product Viewed","atLeast":2,"withinDays":365}]}';
  const added = await kindred(['trigger', 'add', rule, '--data', data], { DATABASE_URL: database });
  expect(added.code).toBe(0);
  const begun = Date.now();
  const batches = Array.from({ length: 14 }, (_, batch) =>
    Array.from({ length: 20 }, (_, i) => ({
      event_id: `e${batch}-${i}`,
      customer_id: `C${(batch * 7 + i) % 40}`,
      occurred_at: new Date(begun - (((batch * 20 + i) * 7919) % 600) * 60_000).toISOString(),
      type: 'Product Viewed',
    })),
  );
  const answered: object[][] = [];
  const first = await serve();
  for (const batch of batches) {
    const answer = post(first.url, batch).catch(() => null);
    if (answered.length === 5) first.child.process.kill('SIGKILL');
    if (!(await answer)) break;
    answered.push(batch);
  }
  await first.child.ended;
  expect(answered.length).toBeLessThan(batches.length);
  const second = await serve();
  for (const batch of answered)
    expect(await post(second.url, batch)).toMatchObject({ stored: 0, alreadyThere: 20 });
  for (const batch of batches) await post(second.url, batch);
  second.child.process.kill('SIGTERM');
  expect(await second.child.ended).toBe(0);

  const warehouse = await openDuckDb({ file: `${data}/warehouse.duckdb` });
  const state = await openState({ dataDir: data, url: database });
  const members = () => warehouse.query('SELECT * FROM trigger_members ORDER BY profile_id, entered_at');
  const served = await members();
  expect(served).toHaveLength(40);
  const triggers = await state.triggers.list();
  for (const table of ['trigger_members', 'watched']) await warehouse.execute(`DELETE FROM ${table}`);
  await warehouse.transaction(tx => reconcileTriggers(tx, state.owner, triggers, Date.now()));
  expect(served).toEqual(await members());
  expect(await warehouse.query('SELECT count(*) AS rows FROM events')).toEqual([{ rows: 280 }]);
  await state.close();
  await warehouse.close();
}, 90_000);

import { renameSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { activationOf } from '../../../src/activation/activation-of.ts';
import { holdoutArm } from '../../../src/activation/holdout.ts';
import { openSyncProposal } from '../../../src/activation/plan/propose.ts';
import { createRandom } from '../../../src/clustering/random.ts';
import { readConfig } from '../../../src/config.ts';
import { sealedSecrets } from '../../../src/connections/connection.ts';
import { silent } from '../../../src/progress.ts';
import { asking } from '../../../src/segmentation/audiences/asked.ts';
import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { approve } from '../../../src/segmentation/proposals/decide.ts';
import { importPaths } from '../../../src/sources/import.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { startChild } from '../../support/child.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { appOver } from '../../support/mcp-app.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { mockKlaviyo } from '../../support/vendors/klaviyo/mock-klaviyo.ts';
import { fastClock } from './fast-clock.ts';
import type { Told } from './process.ts';

/** Some come to the end of their day before the step at which they would die. */
const kills = 20;
const key = 'c4'.repeat(32);
const list = 'Winter letter';
const child = new URL('./process.ts', import.meta.url);
const address = (profileId: string) => `${profileId.replace('/', '.').toLowerCase()}@example.org`;

test('a week with Klaviyo, killed again and again: mock, store and audit agree member by member', async () => {
  const folder = temporaryFolder();
  const url = await freshDatabase();
  const file = folder.file('warehouse.duckdb');
  const open = () => openDuckDb({ file, threads: 2 });
  const shop = await livedShop({ customers: 110, ahead: 3, open, database: url });
  const friend = 'friend@example.org';
  const begun = Date.now();
  const klaviyo = await mockKlaviyo({
    profiles: [{ email: friend }],
    lists: { [list]: [friend] },
    jobMs: () => 10,
    now: fastClock(begun),
  });
  let now = Date.parse('2026-11-22T12:00:00Z');
  const clock = () => new Date(now);
  try {
    const { state } = shop.context;
    const bought = (
      await shop.context.warehouse.query<{ id: string }>(
        'SELECT DISTINCT profile_id AS id FROM orders ORDER BY profile_id',
      )
    ).map(({ id }) => id);
    // Every eighth said no to marketing, and every ninth nothing.
    const accepts = (i: number) => (i % 8 === 7 ? 'false' : i % 9 === 8 ? '' : 'true');
    const rows = bought.map((id, i) => `${id.slice('shop/'.length)},${address(id)},${accepts(i)}`);
    const csv = folder.file('customers.csv');
    writeFileSync(csv, ['customer_id,email,accepts_marketing', ...rows, ''].join('\n'));
    await importPaths(
      shop.context.warehouse,
      { paths: [csv], source: 'shop', importedAt: clock().toISOString(), tempDir: folder.path },
      silent,
    );
    const may = new Set(bought.filter((_, i) => accepts(i) === 'true'));
    const config = readConfig({ KINDRED_KEY: key }, folder.path);
    const { connection } = klaviyo;
    await state.connections.put(
      {
        ...connection,
        secrets: sealedSecrets(config.key, connection),
        account: 'Letters',
        createdAt: clock().toISOString(),
        createdBy: 'ada',
      },
      { at: clock().toISOString(), actor: 'ada' },
    );
    const segments = (await state.models.current())!.segments.toSorted((a, b) => b.size - a.size);
    const filter = { segment: segments.slice(0, 2).map(segment => segment.key) };
    const { audience } = await buildAudience(shop.context, { filter, name: 'The large ones', actor: 'ada' });
    const context = activationOf(appOver({ ...shop.context, now: clock }, { config }));
    const { proposal, sync } = await openSyncProposal(context, {
      audience: audience.handle,
      connection: connection.name,
      name: list,
      basis: { lawfulBasis: 'consent', interest: '' },
      holdout: 0.1,
      mostChange: 1,
      purpose: 'a letter',
      actor: 'ada',
      signal: new AbortController().signal,
    });
    await approve(
      { ...shop.context, now: clock },
      { id: proposal.id, by: 'ada', reason: 'the winter letter' },
    );
    await shop.letGo();

    const random = createRandom(8);
    const leaving = [...may].find(id => holdoutArm(sync.holdoutKey, id, 0.1) === 'treated')!;
    const days = [
      { week: 0, kills: 7, erase: null },
      { week: 1, kills: 7, erase: null },
      { week: 2, kills: 6, erase: address(leaving) },
    ];
    const runs = days.flatMap(day => [
      ...Array.from({ length: day.kills }, () => ({ ...day, fatal: 1 + Math.floor(random.uniform() * 8) })),
      ...Array.from({ length: day.week === 2 ? 2 : 1 }, () => ({ ...day, fatal: 0 })),
    ]);
    const go = (i: number) => folder.file(`go-${i}`);
    const start = (i: number) => startChild(child, [go(i), String(runs[i]!.fatal)]);
    let next: ReturnType<typeof start> | undefined = start(0);
    const diedAt: string[] = [];
    for (const [i, run] of runs.entries()) {
      const running = next!;
      next = i + 1 < runs.length ? start(i + 1) : undefined;
      await running.line();
      now += 6 * 3_600_000;
      const told: Told = {
        file,
        url,
        folder: folder.path,
        key,
        begun,
        now: clock().toISOString(),
        asOf: shop.asOf(run.week),
        erase: run.erase,
      };
      writeFileSync(`${go(i)}.making`, JSON.stringify(told));
      renameSync(`${go(i)}.making`, go(i));
      const line = await running.line();
      expect(line).toMatch(run.fatal === 0 ? /^quiet/ : /^(dying|quiet)/);
      if (line.startsWith('dying')) {
        diedAt.push(line);
        running.process.kill('SIGKILL');
        expect(await running.ended).toBe('SIGKILL');
        klaviyo.finishJobs();
      } else expect(await running.ended).toBe(0);
    }
    expect(diedAt.length).toBeGreaterThanOrEqual(kills - 4);

    await shop.takeUp(open);
    const { warehouse } = shop.context;
    const members = await asking(
      shop.context,
      { filter: audience.filter },
      async (tx, { shop: { features } }) =>
        tx.query<{ id: string }>(
          `SELECT f.profile_id AS id FROM audience_asked AS a JOIN ${features.table} AS f ON f.place = a.place WHERE a.member`,
        ),
    );
    const assigned = await state.syncMembers.assignments(sync.id);
    const held = new Set(assigned.filter(({ arm }) => arm === 'holdout').map(({ profileId }) => profileId));
    const expected = members
      .map(({ id }) => id)
      .filter(id => may.has(id) && id !== leaving && !held.has(id))
      .map(address);
    expect(expected.length).toBeGreaterThan(10);
    expect(klaviyo.membersOf(list)).toEqual([...expected, friend].sort());
    const ledger = await state.syncMembers.page(sync.id, '', 1000);
    expect(ledger.map(entry => entry.key).sort()).toEqual([...expected].sort());
    expect(ledger.every(entry => entry.sentAt !== null && entry.added === 'by kindred')).toBe(true);
    const names = new Map(
      (await state.models.current())!.segments.map(({ key, persona }) => [key, persona.name]),
    );
    for (const { key: email, properties } of ledger) {
      expect([...names.values()]).toContain(properties.kindred_segment);
      expect(klaviyo.propertiesOf(email)).toMatchObject(properties);
    }
    expect(held.size).toBeGreaterThan(0);
    for (const id of held) expect(klaviyo.profile(address(id))).toBeUndefined();
    for (const id of bought) if (!may.has(id)) expect(klaviyo.profile(address(id))).toBeUndefined();

    // Nothing of who was erased is anywhere.
    // Asked again after a kill, of the same profile.
    expect(new Set(klaviyo.deletions()).size).toBe(1);
    expect(await state.erasures.standing()).toEqual([]);
    expect(assigned.map(({ profileId }) => profileId)).not.toContain(leaving);
    expect(await warehouse.query('SELECT 1 AS one FROM identities WHERE profile_id = $1', [leaving])).toEqual(
      [],
    );
    const audit = await state.audit.list();
    expect(JSON.stringify(audit)).not.toContain(address(leaving));

    const told = (action: string) => audit.filter(row => row.action === action && row.subject === sync.id);
    const ended = (await state.syncRuns.ofSync(sync.id)).filter(({ status }) => status !== 'superseded');
    expect(ended.map(({ status }) => status)).toEqual(ended.map(() => 'done'));
    const inOrder = ended.map(({ id }) => id).sort((a, b) => a - b);
    expect(told('sync.approved').map(({ details }) => details.run)).toEqual(inOrder);
    expect(
      told('sync.applied')
        .map(({ details }) => details.run)
        .sort(),
    ).toEqual(inOrder);
    expect(ended.map(({ asOf }) => asOf).sort()).toEqual([0, 1, 2].map(shop.asOf));
  } finally {
    await klaviyo.close();
    await shop.close();
    folder.remove();
  }
}, 300_000);

import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createRandom } from '../../../src/clustering/random.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { type Child, startChild } from '../../support/child.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { inMemory, livedShop } from './lived-shop.ts';

/** Where a refresh is stopped for certain: all that it says it does, and between the two stores. */
const points = [
  'Computing features',
  'Scoring customers',
  'Keeping who is where',
  'Looking for drift',
  'Holding predictions against the past',
  'Predicting what comes next',
  'handing over',
  'handed over',
];
const kills = 20;
const child = new URL('../../support/children/refresh-store.ts', import.meta.url);

test('killed at any of 20 points, the next refresh ends in the state of one that nothing disturbed', async () => {
  const folder = temporaryFolder();
  const database = await freshDatabase();
  const file = folder.file('warehouse.duckdb');
  const size = { customers: 240, past: 78, ahead: kills + 1 };
  const undisturbed = await livedShop({ ...size, open: inMemory });
  const open = () => openDuckDb({ file, threads: 2 });
  const killed = await livedShop({ ...size, open, database });
  await killed.letGo();

  const random = createRandom(7);
  const go = (week: number) => folder.file(`go-${week}`);
  const point = (week: number) => points[week - 1] ?? 'none';
  const start = (week: number) =>
    startChild(child, [file, database, killed.asOf(week), go(week), point(week)]);
  let next = start(1);
  /** How long a refresh takes on this machine, as the first ones show. */
  let whole = 0;
  let interrupted = 0;
  try {
    for (let week = 1; week <= kills; week++) {
      const running = next;
      await running.line();
      const began = performance.now();
      writeFileSync(go(week), '');
      if (week <= points.length) {
        await until(running, point(week));
        whole = Math.max(whole, performance.now() - began);
      } else await wait(random.uniform() * whole);
      running.process.kill('SIGKILL');
      if ((await running.ended) === 'SIGKILL') interrupted++;
      if (week < kills) next = start(week + 1);

      const outcome = await undisturbed.refresh(week);
      await killed.takeUp(open);
      const resumed = await killed.refresh(week);
      // What the state has already was handed over before the kill, or by the first step of this run.
      if (week === points.indexOf('handing over') + 1) expect(resumed.kind).toBe('already');
      expect(resumed.record).toEqual(outcome.record);
      expect(await killed.left()).toEqual(await undisturbed.left());
      await killed.letGo();
    }
  } finally {
    next.process.kill('SIGKILL');
    await next.ended;
    await undisturbed.close();
    await killed.close();
    folder.remove();
  }
  expect(interrupted).toBeGreaterThanOrEqual(points.length);
}, 600_000);

async function until(running: Child, step: string): Promise<void> {
  while ((await running.line()) !== step);
}

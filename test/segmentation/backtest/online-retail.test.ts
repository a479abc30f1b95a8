import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { inProcess } from '../../../src/clustering/pool.ts';
import { silent } from '../../../src/progress.ts';
import { type BacktestStep, backtest } from '../../../src/segmentation/backtest/backtest.ts';
import { gone, newcomer } from '../../../src/segmentation/refresh/record.ts';
import { importPaths } from '../../../src/sources/import.ts';
import { openState } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sample = fileURLToPath(
  new URL('../../../samples/online-retail/online-retail.parquet', import.meta.url),
);

test('a year of a real shop, week by week', async () => {
  const folder = temporaryFolder();
  const warehouse = await openDuckDb({ file: ':memory:' });
  const state = await openState({ dataDir: folder.path, url: await freshDatabase() });
  onTestFinished(async () => {
    await Promise.all([warehouse.close(), state.close()]);
    folder.remove();
  });
  const importing = { paths: [sample], importedAt: '2026-11-22T00:00:00.000Z', tempDir: folder.path };
  await importPaths(warehouse, importing, silent);
  const context = { warehouse, state, pool: inProcess, now: () => new Date() };
  const request = { from: '2011-01-04', to: '2011-12-06', every: 7, force: true };
  const outcome = await backtest(context, request, silent);
  if (outcome.kind !== 'tested') throw new Error('There are groups in this shop.');
  const { steps } = outcome;

  expect(steps).toHaveLength(49);
  expect(steps.map(({ record }) => record.kind)).toEqual(['fit', ...Array(48).fill('refresh')]);
  expect([steps[0]!.record.asOf, steps[1]!.record.asOf, steps.at(-1)!.record.asOf]).toEqual([
    '2011-01-04',
    '2011-01-11',
    '2011-12-06',
  ]);
  const rows = await warehouse.query<{ buyers: number }>(
    "SELECT count(DISTINCT profile_id) AS buyers FROM orders WHERE ordered_at < TIMESTAMP '2011-12-06 00:00:00'",
  );
  expect(steps.at(-1)!.record.customers).toBe(rows[0]!.buyers);
  for (const [before, after] of steps.slice(1).map((step, i) => [steps[i]!, step] as const))
    addsUp(before, after);

  const moves = steps.reduce((sum, { record }) => sum + record.flapping.moves, 0);
  const returns = steps.reduce((sum, { record }) => sum + record.flapping.returns, 0);
  expect(moves).toBeGreaterThan(3000);
  expect(returns / moves).toBeLessThan(0.25);
  // The shop was three weeks old when the segments were made, and its autumn is not its spring.
  const alerts = steps.flatMap(({ record }) =>
    record.findings.filter(({ severity }) => severity === 'alert'),
  );
  expect(alerts.length).toBeGreaterThan(0);
  for (const { sentence } of alerts) expect(sentence).not.toMatch(/NaN|undefined|segment \d/);

  for (const table of ['memberships', 'placements']) {
    const held = await warehouse.query<{ held: number }>(`SELECT count(*) AS held FROM ${table}`);
    expect(held[0]!.held, table).toBe(0);
  }
  expect(await state.refreshes.list()).toEqual([]);
});

/** Every customer is somewhere, and what came in and went out of each segment explains its size. */
function addsUp({ record: before }: BacktestStep, { record: after }: BacktestStep): void {
  const placed = after.segments.reduce((sum, { size }) => sum + size, 0);
  expect(placed + after.setAside).toBe(after.customers);
  const flow = (pick: (move: (typeof after.moves)[number]) => boolean) =>
    after.moves.filter(pick).reduce((sum, { customers }) => sum + customers, 0);
  expect(before.customers + flow(({ from }) => from === newcomer) - flow(({ to }) => to === gone)).toBe(
    after.customers,
  );
  for (const { key, size } of after.segments) {
    const was = before.segments.find(segment => segment.key === key)!.size;
    expect(was + flow(({ to }) => to === key) - flow(({ from }) => from === key), key).toBe(size);
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { silent } from '../../src/progress.ts';
import { importPaths } from '../../src/sources/import.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kindred-demo-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a made shop imports whole, its truth unread, its doubles joined and its till left alone', async () => {
  const dir = join(folder, 'shop');
  const { counts } = await writeDemoShop(dir, { customers: 1000, seed: 5, asOf: '2026-11-01', months: 18 });
  const warehouse = await openDuckDb({ file: ':memory:' });
  const report = await importPaths(
    warehouse,
    { paths: [dir], importedAt: '2026-11-22T00:00:00Z', tempDir: join(folder, 'temp') },
    silent,
  );
  await warehouse.close();

  const stored = Object.fromEntries(report.files.map(({ file, stored }) => [basename(file, '.csv'), stored]));
  expect(stored).toEqual(counts);
  expect(report.files.flatMap(({ reasons }) => reasons)).toEqual([]);
  expect(report.skipped.map(({ file }) => basename(file))).toEqual(['truth.csv']);
  const { identities, profiles, byEmail, byPhone, sharedAddresses } = report.merges;
  expect(identities).toBe(1000);
  expect(byEmail + byPhone).toBeGreaterThan(0);
  expect(profiles).toBe(identities - byEmail - byPhone);
  expect(sharedAddresses).toBe(1);
});

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { literal } from '../../src/warehouse/port.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { folder, kindred } from '../support/terminal.ts';

interface Segmented {
  model: { id: string; fingerprint: string; dataFingerprint: string; segments: unknown[] };
}

async function fingerprintOf(shop: string, env: NodeJS.ProcessEnv): Promise<Segmented['model']> {
  const data = await folder();
  const imported = await kindred(['import', shop, '--data', data], env);
  expect(imported.code).toBe(0);
  const { code, err, json } = await kindred(['segment', '--force', '--json', '--data', data], env);
  expect(err).not.toContain('kindred:');
  expect(code).toBe(0);
  return json<Segmented>().model;
}

/** The same rows in another order, files and all. */
async function shuffled(shop: string, target: string): Promise<string> {
  await mkdir(target);
  const warehouse = await openDuckDb({ file: ':memory:' });
  for (const name of (await readdir(shop)).filter(file => file.endsWith('.csv'))) {
    const rows = `read_csv(${literal(join(shop, name))}, all_varchar = true, header = true)`;
    await warehouse.exportTo(`SELECT * FROM ${rows} AS r ORDER BY md5(r::TEXT)`, join(target, name));
  }
  await warehouse.close();
  return target;
}

test('row order, thread count and store do not change a model', async () => {
  const dir = await folder();
  const shop = join(dir, 'shop');
  await writeDemoShop(shop, { customers: 1200, seed: 3, asOf: '2026-11-01', months: 18 });
  const plain = await fingerprintOf(shop, { KINDRED_THREADS: '1' });
  expect(plain.segments.length).toBeGreaterThanOrEqual(3);
  const variants = {
    'other order, more threads': await fingerprintOf(await shuffled(shop, join(dir, 'shuffled')), {
      KINDRED_THREADS: '3',
    }),
    postgres: await fingerprintOf(shop, {
      KINDRED_THREADS: '1',
      WAREHOUSE_URL: await freshDatabase(),
      DATABASE_URL: await freshDatabase(),
    }),
  };
  for (const [name, model] of Object.entries(variants)) {
    expect([name, model.dataFingerprint]).toEqual([name, plain.dataFingerprint]);
    expect([name, model.fingerprint]).toEqual([name, plain.fingerprint]);
  }
}, 180_000);

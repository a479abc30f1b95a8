import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adjustedRandIndex } from '../../src/clustering/metrics.ts';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { folder, kindred } from '../support/terminal.ts';

/** Reads two columns of a CSV file without quotes in them. */
async function pairs(file: string): Promise<Map<string, string>> {
  const [, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return new Map(lines.map(line => line.split(',').slice(0, 2) as [string, string]));
}

function codes(values: readonly string[]): Int32Array {
  const seen = [...new Set(values)];
  return Int32Array.from(values, value => seen.indexOf(value));
}

test('the types planted in a made shop are found again', async () => {
  const dir = await folder();
  const shop = join(dir, 'shop');
  await writeDemoShop(shop, { customers: 6000, seed: 11, asOf: '2026-11-01', months: 18 });
  await kindred(['import', shop, '--data', dir]);
  const { json } = await kindred(['segment', '--force', '--json', '--data', dir]);
  const { model } = json<{
    model: { choice: { k: number }; segments: { persona: { archetype: string | null } }[] };
  }>();
  const file = join(dir, 'memberships.csv');
  await kindred(['export', 'memberships', '--to', file, '--data', dir]);
  const [truth, found] = [await pairs(join(shop, 'truth', 'truth.csv')), await pairs(file)];
  const planted = [...truth].filter(
    ([id, type]) => !type.startsWith('noise_') && (found.get(id) ?? 'set-aside') !== 'set-aside',
  );
  const aside = [...truth].filter(([id]) => found.get(id) === 'set-aside').map(([, type]) => type);
  const outliers = [...truth.values()].filter(type => ['noise_bot', 'noise_bulk_buyer'].includes(type));
  expect(aside.filter(type => !outliers.includes(type))).toEqual([]);
  expect(aside.length).toBeGreaterThan(0.8 * outliers.length);
  const types = new Set(planted.map(([, type]) => type)).size;
  expect(planted.length).toBeGreaterThan(4500);
  expect(Math.abs(model.choice.k - types)).toBeLessThanOrEqual(1);
  const agreement = adjustedRandIndex(
    codes(planted.map(([, type]) => type)),
    codes(planted.map(([id]) => found.get(id)!)),
  );
  expect(agreement).toBeGreaterThanOrEqual(0.75);
  expect(model.segments.filter(segment => segment.persona.archetype !== null).length).toBeGreaterThanOrEqual(
    6,
  );
}, 180_000);

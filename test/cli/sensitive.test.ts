import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { featureById } from '../../src/features/catalogue.ts';
import type { Model } from '../../src/segmentation/model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const run = (...args: string[]) => kindred([...args, '--data', dir.file('data')]);
const segment = (...args: string[]) => run('segment', '--force', '--k', '3', '--json', ...args);
const id = 'weekend_share';

beforeAll(async () => {
  // None of the catalogue is: here one stands in for what somebody may add.
  Object.assign(featureById(id)!, { sensitivity: 'proxy' });
  await writeDemoShop(dir.file('shop'), { customers: 300, seed: 4, asOf: '2026-11-01', months: 12 });
  await run('import', dir.file('shop'));
  await writeFile(dir.file('weights.json'), JSON.stringify({ features: { [id]: 1 } }));
});

afterAll(dir.remove);

test('a sensitive feature enters no recipe and no text until a person allows it', async () => {
  const before = (await segment()).json<{ model: Model }>().model;
  expect(before.recipe.features.map(feature => feature.id)).not.toContain(id);
  expect(before.segments[0]!.features.map(feature => feature.id)).not.toContain(id);

  const refused = await segment('--weights', dir.file('weights.json'));
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('can stand in for a protected trait');
  expect(refused.err).toContain(`kindred allow ${id} --by NAME --reason TEXT`);

  const allowed = await run('allow', id, '--by', 'A. Person', '--reason', 'Asked the customers.');
  expect(allowed.code).toBe(0);
  const after = (await segment('--weights', dir.file('weights.json'))).json<{ model: Model }>().model;
  expect(after.recipe.features).toContainEqual({ id, weight: 1 });
  expect(after.transforms.map(({ feature }) => feature)).toContain(id);
});

test('allowing needs who and why, a known feature, and one that is sensitive', async () => {
  expect((await run('allow', id, '--by', 'A. Person')).code).toBe(2);
  expect((await run('allow', id, '--by', ' ', '--reason', 'x')).code).toBe(2);
  const unknown = await run('allow', 'shoe_size', '--by', 'A. Person', '--reason', 'x');
  expect([unknown.code, unknown.err.includes('There is no feature "shoe_size".')]).toEqual([1, true]);
  const plain = await run('allow', 'recency', '--by', 'A. Person', '--reason', 'x');
  expect([plain.code, plain.out]).toEqual([
    0,
    '"days since the last order" is not sensitive: it needs no decision.\n',
  ]);
});

import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { featureById } from '../../src/features/catalogue.ts';
import type { Model } from '../../src/segmentation/model.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
let database: string;
const run = (...args: string[]) => kindred([...args, '--data', dir.file('data')], { DATABASE_URL: database });
const segment = (...args: string[]) => run('segment', '--force', '--k', '3', '--json', ...args);
const id = 'weekend_share';
const basis = ['--basis', 'legitimate-interests'];

beforeAll(async () => {
  database = await freshDatabase();
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
  expect(refused.err).toContain(`kindred allow ${id} --basis BASIS --by NAME --reason TEXT`);

  const allowed = await run('allow', id, ...basis, '--by', 'A. Person', '--reason', 'Asked the customers.');
  expect(allowed.code).toBe(0);
  const after = (await segment('--weights', dir.file('weights.json'))).json<{ model: Model }>().model;
  expect(after.recipe.features).toContainEqual({ id, weight: 1 });
  expect(after.transforms.map(({ feature }) => feature)).toContain(id);
});

test('allowing needs a basis and a reason, a known feature, and one that is sensitive or blocked', async () => {
  const reason = ['--by', 'A. Person', '--reason', 'x'];
  expect((await run('allow', id, ...basis, '--by', 'A. Person')).code).toBe(2);
  expect((await run('allow', id, ...basis, '--by', ' ', '--reason', 'x')).code).toBe(2);
  expect((await run('allow', id, ...reason)).code).toBe(2);
  const other = await run('allow', id, '--basis', 'curiosity', ...reason);
  expect(other.code).toBe(2);
  expect(other.err).toContain('consent, contract, legal-obligation, vital-interests, public-task');
  const unknown = await run('allow', 'shoe_size', ...basis, ...reason);
  expect([unknown.code, unknown.err.includes('There is no feature "shoe_size".')]).toEqual([1, true]);
  const plain = await run('allow', 'recency', ...basis, ...reason);
  expect([plain.code, plain.out]).toEqual([
    0,
    '"days since the last order" is neither sensitive nor blocked: it needs no decision.\n',
  ]);
});

test('what tells of a special category is allowed only under a condition of article 9', async () => {
  const special = 'evening_visit_share';
  Object.assign(featureById(special)!, { sensitivity: 'special' });
  const allow = ['allow', special, '--basis', 'consent', '--by', 'A. Person', '--reason', 'They were asked.'];
  const refused = await run(...allow);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('article 9');
  expect(refused.err).toContain('--condition CONDITION');
  expect((await run(...allow, '--condition', 'explicit-consent')).code).toBe(0);
});

test('a feature that is blocked leaves recipes and filters until it is allowed again', async () => {
  const feature = 'recency';
  const block = await run('block', feature, '--reason', 'We do not want to.');
  expect(block.out).toContain('Blocked: "days since the last order" stays out of filters');
  expect(block.out).toContain('Blocked since the segments were found: the feature "recency".');
  const ids = async () =>
    (await segment()).json<{ model: Model }>().model.recipe.features.map(({ id }) => id);
  expect(await ids()).not.toContain(feature);
  const filter = '{"field":"recency","above":30}';
  expect((await run('audience', filter)).err).toContain('was blocked on 2026-11-22');
  await run('allow', feature, ...basis, '--reason', 'We do after all.');
  expect(await ids()).toContain(feature);
  expect((await run('audience', filter)).code).toBe(0);
});

test('a name that is blocked leaves the mix and the filters until it is released, and the standing segments say so', async () => {
  const model = async () => (await segment()).json<{ model: Model }>().model;
  const before = await model();
  const term = before.embedding!.terms[0]!;
  const block = await run('block', term.toUpperCase(), '--ground', 'health', '--reason', 'Tells too much.');
  expect(block.out).toContain(`Blocked: "${term}". Your data has it as the name of a category`);
  const filter = JSON.stringify({ orders: { category: term } });
  expect((await run('audience', filter)).err).toContain('is blocked, so nobody is chosen by it');

  const refreshed = await run('refresh', '--as-of', '2026-11-08');
  expect(refreshed.err.replaceAll(/\s+/g, ' ')).toContain(
    'Blocked since the segments were found: 1 name of what is bought. It still has a part in who is in which segment',
  );
  const after = await model();
  expect(after.recipe.blockedTerms).toEqual([term]);
  expect(after.embedding!.terms).not.toContain(term);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect((await run('refresh', '--as-of', '2026-11-15')).err).not.toContain('Blocked');

  const release = await run('block', term, '--release', '--reason', 'It is harmless.');
  expect(release.out).toContain(`Released: "${term}"`);
  const again = await model();
  expect([again.fingerprint, again.recipe]).toEqual([before.fingerprint, before.recipe]);
  expect((await run('block', term, '--release', '--reason', 'x')).err).toContain(`"${term}" is not blocked.`);
});

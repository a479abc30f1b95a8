import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import type { BudgetPlan } from '../../src/segmentation/budget/plan.ts';
import type { LookalikeSeed } from '../../src/segmentation/lookalike/seed.ts';
import type { Model } from '../../src/segmentation/model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const run = (...args: string[]) => kindred([...args, '--data', dir.file('data')], {}, { columns: 80 });
const budget = ['budget', '--budget', '50', '--cost', '0.35'];
let model: Model;

beforeAll(async () => {
  await writeDemoShop(dir.file('shop'), { customers: 600, seed: 2, asOf: '2026-11-01', months: 18 });
  await run('import', dir.file('shop'));
  model = (await run('segment', '--force', '--k', '5', '--json')).json<{ model: Model }>().model;
}, 60_000);
afterAll(() => dir.remove());

test('a budget is planned over all segments, or over those named, within the width of the terminal', async () => {
  const plan = (await run(...budget, '--json')).json<BudgetPlan>();
  expect(plan.audiences).toHaveLength(model.segments.length);
  expect(plan.total.contacts).toBe(142);
  expect(plan.leftOver).toBe(0.3);
  const { code, out } = await run(...budget);
  expect(code).toBe(0);
  const text = out.replaceAll(/\s+/g, ' ');
  expect(text).toContain('142 contacts for £49.70 of £50.00');
  expect(text).toContain('Assumed, not measured: a contact costs £0.35 and wins back 10 %');
  expect(out.split('\n').filter(line => line.length > 80)).toEqual([]);

  const named = ['--audience', 'lapsed-but-recoverable', model.segments[0]!.key];
  const two = (await run(...budget, ...named, '--win-back', '0.2', '--json')).json<BudgetPlan>();
  expect(two.terms).toEqual({ budget: 50, cost: 0.35, winBack: 0.2, margin: 0.4 });
  expect(two.audiences.map(({ id }) => id).sort()).toEqual(named.slice(1).sort());
});

test('a seed is written, and what it rests on is told within the width of the terminal', async () => {
  const { key, persona } = model.segments[0]!;
  const file = dir.file('seed.csv');
  const { code, out, err } = await run('lookalike', key, '--size', '20', '--to', file);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`Wrote 20 rows of ${persona.name}`);
  expect(out.split('\n').filter(line => line.length > 80 && !line.startsWith('Wrote'))).toEqual([]);
  expect((await readFile(file, 'utf8')).split('\n')[0]).toBe('email,email_sha256,value');
  const { seed } = (await run('lookalike', key, '--size', '7', '--to', file, '--json')).json<LookalikeSeed>();
  expect(seed.customers).toBe(7);
});

test.each([
  ['budget', '--budget', '50'],
  ['budget', '--budget', '0', '--cost', '1'],
  ['budget', '--budget', '50', '--cost', '-1'],
  ['budget', '--budget', '50', '--cost', '0.00001'],
  [...budget, '--win-back', '10'],
  [...budget, '--margin', '0'],
  ['lookalike', 'somebody'],
  ['lookalike', 'somebody', '--size', '0', '--to', 'x.csv'],
])('wrong usage is refused: %s %s %s %s %s %s %s', async (...args) => {
  expect((await run(...args.filter(arg => arg !== undefined))).code).toBe(2);
});

test('an audience that is not there fails with what may be said', async () => {
  const { code, err } = await run(...budget, '--audience', 'nobody');
  expect(code).toBe(1);
  expect(err).toContain('"nobody" is no audience, standing question or segment');
});

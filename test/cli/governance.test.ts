import { statSync, writeFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NamesReview } from '../../src/agent/tasks/sensitive/review-names.ts';
import type { SensitiveReview } from '../../src/segmentation/governance/sensitive-review.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type ScriptedRequest, startScriptedModel, text } from '../support/scripted-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
let database: string;
const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  kindred([...args, '--data', dir.file('data')], { DATABASE_URL: database, ...env });

beforeAll(async () => {
  database = await freshDatabase();
  const customers = Array.from({ length: 12 }, (_, i) => `c${i}`);
  const bought = ['Tea', 'Baby slings', 'Insulin pens'];
  await mkdir(dir.file('shop'));
  writeFileSync(
    dir.file('shop/orders.csv'),
    ['order_id,customer_id,ordered_at,total', ...customers.map((id, i) => `o${i},${id},2026-01-05,20`)].join(
      '\n',
    ),
  );
  writeFileSync(
    dir.file('shop/order_lines.csv'),
    [
      'line_id,order_id,sku,category,quantity,unit_price',
      ...customers.flatMap((_, i) => bought.map((category, c) => `l${i}-${c},o${i},s${c},${category},1,5`)),
    ].join('\n'),
  );
  const imported = await run(['import', dir.file('shop')]);
  if (imported.code !== 0) throw new Error(imported.err);
}, 60_000);
afterAll(dir.remove);

test('without a model the review goes by the lexicon, and says that it does', async () => {
  const { code, out } = await run(['governance', 'review']);
  expect(code).toBe(0);
  const words = out.replaceAll(/\s+/g, ' ');
  expect(words).toContain('Looked through 3 categories');
  expect(words).toContain('No language model is set up: names were looked through by the lexicon alone');
  expect(words).toContain('Insulin pens category health the lexicon 12');
  expect(words).not.toContain('Baby slings');
});

test('with a model, what it flags is blocked, until a person releases it for good', async () => {
  const flags = (request: ScriptedRequest) =>
    JSON.stringify(request.messages).includes('Baby slings')
      ? [{ term: 'Baby slings', ground: 'proxy', why: 'Tells of a small child.', confidence: 'high' }]
      : [];
  await using model = await startScriptedModel(request => text(JSON.stringify({ flags: flags(request) })));
  const env = { ANTHROPIC_BASE_URL: model.url };
  const read = await run(['governance', 'review'], env);
  expect(read.err).not.toContain('kindred:');
  expect(read.out).toContain('category "Baby slings": proxy, confidence high. Tells of a small child.');
  expect(read.out.replaceAll(/\s+/g, ' ')).toContain('Baby slings category proxy blocked 12');

  expect((await run(['block', 'baby slings', '--release', '--reason', 'Everybody has some.'])).code).toBe(0);
  const again = (await run(['governance', 'review', '--json'], env)).json<{
    review: SensitiveReview;
    read: NamesReview;
  }>();
  expect(again.read).toMatchObject({ blocked: [], doubtful: [], troubles: [], unread: 0 });
  expect(again.review.names.map(({ name }) => name)).toEqual(['Insulin pens']);
});

test('the report goes to the terminal, or whole into a file that nobody else can read', async () => {
  const shown = await run(['governance', 'report']);
  expect(shown.out).toContain('# Customer segmentation: data flow and lawful basis');
  expect(shown.out).toContain('Released by a person: Baby slings (2026-11-22 by ada: Everybody has some.).');
  expect(shown.out).toContain('What was decided: PostgreSQL on 127.0.0.1');
  expect(shown.out).not.toMatch(/postgres:\/\/|password/);
  const file = dir.file('review.md');
  const written = await run(['governance', 'report', '--out', file]);
  expect(written.out).toContain(`Wrote the review to ${file}`);
  expect(await readFile(file, 'utf8')).toBe(shown.out);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

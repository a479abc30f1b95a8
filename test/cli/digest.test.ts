import { afterAll, beforeAll, expect, test } from 'vitest';
import { openState } from '../../src/state/state.ts';
import { reportModel } from '../report/fixture.ts';
import { reportHistory } from '../report/history.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const [folder, empty] = [temporaryFolder(), temporaryFolder()];
let env: { DATABASE_URL: string };
const model = reportModel(4);

beforeAll(async () => {
  env = { DATABASE_URL: await freshDatabase() };
  const state = await openState({ dataDir: folder.path, url: env.DATABASE_URL });
  for (const record of reportHistory(model, 2))
    await state.apply({ model: { ...model, id: record.modelId }, record, actor: 'ada', proposal: null });
  await state.close();
}, 60_000);
afterAll(() => {
  folder.remove();
  empty.remove();
});

const digest = (...options: string[]) =>
  kindred(['digest', '--data', folder.path, ...options], env, { columns: 80 });

test('the digest is printed for people, as Markdown and as JSON, of the same facts', async () => {
  const { json } = await digest('--json');
  const { asOf, headline } = json<{ asOf: string; headline: string }>();
  expect(headline).toBe('A new category.');
  const { code, out } = await digest();
  expect(code).toBe(0);
  expect(out).toContain(`to ${asOf}\n\n`);
  expect(out.replaceAll('\n', ' ')).toContain(headline);
  expect(out.split('\n').every(line => line.length <= 80)).toBe(true);
  expect((await digest('--markdown')).out).toMatch(/^# Digest of [^\n]+\n\n\*\*A new category/);
}, 60_000);

test('without segments it says what to do first', async () => {
  const { code, out, err } = await kindred(['digest', '--data', empty.path], {
    DATABASE_URL: await freshDatabase(),
  });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/no segments yet.*`kindred segment`/s);
}, 60_000);

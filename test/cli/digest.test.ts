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

const slack = {
  SLACK_BOT_TOKEN: 'xoxb-made',
  SLACK_APP_TOKEN: 'xapp-made',
  KINDRED_SLACK_DIGEST: 'C0789JK@America/New_York, C0456LM@Europe/London',
};

test('a dry run tells where and when the digest goes, and sends and keeps nothing', async () => {
  const [, record] = reportHistory(model, 2);
  const soon = new Date(Date.parse(record!.createdAt) + 60_000);
  const dry = (settings: Record<string, string>, ...options: string[]) =>
    kindred(
      ['digest', '--dry-run', '--data', folder.path, ...options],
      { ...env, ...settings },
      { columns: 80, now: () => soon },
    );
  const { code, out } = await dry(slack);
  expect(code).toBe(0);
  expect(out).toContain('In words that follow from the figures.\n');
  expect(out).toMatch(/^To C0789JK: goes out \d.*\(America\/New_York\), by `kindred serve`\.$/m);
  expect(out).toContain('What to do this week');
  const told = await dry(slack, '--json');
  expect(told.json()).toMatchObject({
    why: null,
    to: [
      { channel: 'C0789JK', status: 'planned' },
      { channel: 'C0456LM', status: 'planned' },
    ],
  });
  expect((await dry({})).out).toContain('Nothing is sent. Slack is not connected');
  expect((await dry({ ...slack, KINDRED_SLACK_DIGEST: '' })).out).toContain('names no channel');
  const state = await openState({ dataDir: folder.path, url: env.DATABASE_URL });
  expect(await state.slack.messages.list(10)).toEqual([]);
  await state.close();
}, 60_000);

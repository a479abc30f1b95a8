import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { fairTurns } from '../../../src/fair-turns.ts';
import { type SlackSurface, startSlack } from '../../../src/slack/app.ts';
import { registerTalk } from '../../../src/slack/listeners/talk/register.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { startScriptedModel, text, toolUse } from '../../support/scripted-model.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import { askedLast } from './harness.ts';

let shop: LivedShop;
let fake: FakeSlack;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
}, 60_000);
afterAll(() => shop.close());
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Kindred's whole side of Slack, from its connection to the answer. */
function kindred(model: Awaited<ReturnType<typeof startScriptedModel>>) {
  const env = { SLACK_BOT_TOKEN: fake.botToken, SLACK_APP_TOKEN: fake.appToken, SLACK_API_URL: fake.apiUrl };
  const config = readConfig({ ...env, KINDRED_SLACK_APPROVERS: `${fake.users.ana}:Ana` }, 'made-data');
  const access = model.access();
  const app = appOver(shop.context, { config, model: async () => access, now: () => new Date(fake.now()) });
  const stopping = new AbortController();
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const surface: SlackSurface = startSlack(app, {
    log: silent,
    turnsOf: fairTurns(app.turns),
    stopping: stopping.signal,
    register: (bolt, slack) => registerTalk(bolt, slack, { atOnce: 1 }),
  });
  let stopped = false;
  return async () => {
    if (stopped) return;
    stopped = true;
    stopping.abort();
    await surface.stop();
  };
}

test('a stop tells whoever is answered, and the next start whoever waited; what was answered is over', async () => {
  fake = await fakeSlack();
  closers.push(() => fake.close());
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  const model = await startScriptedModel(async request => {
    const question = askedLast(request);
    if (question === 'first?') return text('Well.');
    if (question === 'second?') return toolUse('list_segments', {});
    await opened;
    return text('Too late.');
  });
  closers.push(model.stop);
  const { ana } = fake.users;
  const channel = fake.dm(ana);
  const said = (thread: string) => fake.messages(channel, thread).filter(({ user }) => user === fake.botUser);
  const { events } = shop.context.state.slack;
  const unfinished = () => events.unfinished(new Date(fake.now() + 3600_000).toISOString());

  const stop = kindred(model);
  closers.push(stop);
  await fake.connected();
  const first = await fake.post(ana, channel, 'first?');
  await fake.until(() => said(first.ts).some(({ text: words }) => words === 'Well.'));
  const second = await fake.post(ana, channel, 'second?');
  await fake.until(() => fake.calls('chat.appendStream').length > 0);
  const third = await fake.post(ana, channel, 'third?');
  await fake.until(() => fake.calls().some(({ args }) => /before this one/.test(String(args.status))));
  await stop();
  expect(said(second.ts).map(({ text: words, streaming }) => [words, streaming])).toEqual([
    ['Kindred was stopped before this was done. Please ask again.', 'completed'],
  ]);
  expect(said(third.ts)).toEqual([]);
  expect((await unfinished()).map(({ thread }) => thread)).toEqual([third.ts]);
  open();

  fake.advance(60_000);
  closers.push(kindred(model));
  await fake.until(() => said(third.ts).length === 1);
  expect(said(third.ts)[0]!.text).toContain('Please ask again');
  const fourth = await fake.post(ana, channel, 'first?');
  await fake.until(() => said(fourth.ts).some(({ text: words }) => words === 'Well.'));
  expect(said(first.ts)).toHaveLength(1);
  expect(said(second.ts)).toHaveLength(1);
}, 60_000);

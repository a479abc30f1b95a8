import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../../src/demo/demo-shop.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import { elementsOf } from '../../support/slack/press.ts';
import type { Message } from '../../support/slack/types.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { kindred } from '../../support/terminal.ts';
import { end, type Served, serveSlack } from './serving.ts';

const dir = temporaryFolder();
const data = dir.file('data');
const run = async (...args: string[]) => {
  const ran = await kindred([...args, '--data', data]);
  expect(ran.code, ran.err).toBe(0);
  return ran;
};

let slack: FakeSlack;
let served: Served | undefined;
beforeAll(async () => {
  const shop = dir.file('shop');
  await writeDemoShop(shop, { customers: 260, seed: 1, asOf: '2026-11-01', months: 14 });
  await run('import', shop);
  await run('segment', '--k', '4', '--force', '--as-of', '2026-10-18');
  slack = await fakeSlack({ startsAt: new Date().toISOString() });
});
afterEach(async () => {
  if (served) await end(served, 'SIGKILL');
  served = undefined;
});
afterAll(async () => {
  await slack.close();
  dir.remove();
});

/** Answers of Kindred to what was asked in a thread, with all that stands under them. */
const answersIn = (channel: string, thread: string) =>
  slack
    .messages(channel, thread)
    .filter(({ user, streaming }) => user === slack.botUser && streaming !== 'in_progress');
const holds = (message: Message, action: string) =>
  message.blocks.some(block => elementsOf(block).some(({ action_id: id }) => id === action));
const digests = () =>
  slack.allMessages(slack.channels.marketing).filter(({ text }) => text.startsWith('Customer segments'));

async function answer(user: string, text: string): Promise<{ asked: Message; answer: Message }> {
  const channel = slack.dm(user);
  const asked = await slack.post(user, channel, text);
  const found = await slack.waitFor(
    channel,
    message => message.thread_ts === asked.ts && holds(message, 'answer_evidence'),
  );
  return { asked, answer: found };
}

const question = 'Who are our segments, and how large is each?';

test('a day in Slack, over Socket Mode: asked, looked up, digested, killed, started again and approved', async () => {
  const { ana } = slack.users;
  served = await serveSlack(slack, data, 'socket');

  // She asks, and has figures and a picture with words for who does not see it.
  const first = await answer(ana, question);
  expect(first.answer.text).toMatch(/\d+ customers \(\d+ %\)/);
  const picture = first.answer.blocks.find(({ type }) => type === 'image') as unknown as
    | { slack_file: { id: string }; alt_text: string }
    | undefined;
  expect(picture?.alt_text).toMatch(/^Customers of each segment/);
  const png = slack.files().find(({ id }) => id === picture!.slack_file.id);
  expect(png?.bytes?.subarray(1, 4).toString()).toBe('PNG');

  // In her words: nothing to type on a machine that she has not, and days as people write them.
  const lapsed = await answer(ana, 'Who are our lapsed but recoverable customers?');
  expect(lapsed.answer.text).toMatch(/As of 18 October 2026/);
  expect(lapsed.answer.text).not.toMatch(/`kindred |\d{4}-\d\d-\d\d/);

  // What she looks up by a command is hers alone.
  const ack = await slack.command(ana, '/segments', 'list', { channel: slack.channels.random });
  expect(ack.acknowledged).toBe(true);
  const listed = await slack.waitFor(slack.channels.random, ({ ephemeral }) => ephemeral === ana);
  expect(listed.blocks.some(({ type }) => type === 'data_table')).toBe(true);

  // Two are under way when it is killed: a digest that was posted without Kindred hearing so, and a question.
  slack.fail('chat.postMessage', {
    line: 'hang',
    carriedOut: true,
    when: ({ text }) => String(text).startsWith('Customer segments'),
  });
  await run('refresh', '--as-of', '2026-10-25');
  await slack.until(() => digests().length === 1);
  slack.fail('chat.startStream', { line: 'hang' });
  const open = await slack.post(ana, slack.dm(ana), 'What moved this week?');
  await slack.until(() => slack.calls('chat.startStream').at(-1)?.args.thread_ts === open.ts);
  expect(await end(served, 'SIGKILL')).toBe('SIGKILL');

  // The next one tells what was broken off, and repeats nothing: neither by itself nor where Slack tells it once more.
  served = await serveSlack(slack, data, 'socket');
  const told = await slack.waitFor(
    slack.dm(ana),
    ({ user, thread_ts: thread }) => user === slack.botUser && thread === open.ts,
  );
  expect(told.text).toContain('ask again');
  const events = slack
    .deliveries('message')
    .filter(({ payload }) => JSON.stringify(payload).includes(first.asked.ts));
  for (const event of events) await slack.retry(event);
  await answer(ana, 'How do the segments differ from each other?');
  // Looked for in the channel before it is posted again, and not planned anew.
  expect((await run('digest', '--dry-run')).out).toMatch(/is being sent|was sent/);
  expect(digests()).toHaveLength(1);
  expect(answersIn(slack.dm(ana), first.asked.ts)).toHaveLength(1);
  expect(answersIn(slack.dm(ana), open.ts)).toHaveLength(1);

  // What somebody proposes in a terminal comes as a card, and stands when she has pressed and confirmed.
  await run('weigh', 'discounts matter most this season');
  const card = await slack.waitFor(slack.channels.board, message => holds(message, 'proposal_approve'));
  await slack.press(ana, card, 'proposal_approve');
  await slack.until(() => slack.views(ana).length > 0);
  await slack.submit(ana, slack.views(ana)[0]!);
  const decided = await slack.waitFor(
    slack.channels.board,
    ({ ts, text }) => ts === card.ts && text.includes(`Approved by <@${ana}>`),
  );
  expect(holds(decided, 'proposal_approve')).toBe(false);
  expect((await run('proposals', 'show', 'p-1')).out).toContain('approved');

  expect(await end(served, 'SIGTERM')).toBe(0);
});

test('the same over HTTP: what Slack signs is answered at the real port, all else refused', async () => {
  const { ben } = slack.users;
  served = await serveSlack(slack, data, 'http');
  const address = `${served.url}/slack/events`;
  await slack.sendTo(address);
  const { answer: told } = await answer(ben, question);
  expect(told.text).toMatch(/\d+ customers/);
  const forged = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
      'x-slack-signature': `v0=${'0'.repeat(64)}`,
    },
    body: JSON.stringify({ type: 'url_verification', challenge: 'c' }),
  });
  expect(forged.status).toBe(401);
  expect(await end(served, 'SIGTERM')).toBe(0);
});

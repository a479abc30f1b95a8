import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDemoShop } from '../src/demo/demo-shop.ts';
import { startScriptedModel, text, toolUse } from '../test/support/scripted-model.ts';
import { type FakeSlack, fakeSlack } from '../test/support/slack/fake-slack.ts';
import { measure } from './measure.ts';
import { type Serving, settingsOf, startServing } from './slack-serve.ts';

/**
 * npm run bench -- slack: what people in Slack wait for, with `kindred serve` as a process of its own and a Slack on this
 * machine that answers at once; what Slack costs a server in memory and commands in time.
 */
const { values } = parseArgs({
  args: process.argv.slice(2).filter(arg => arg !== 'slack'),
  options: {
    customers: { type: 'string', default: '6000' },
    runs: { type: 'string', default: '5' },
    /** A data folder instead of a made shop, segmented before 2026-11-01 and not refreshed, as a channel has one digest a day; it is copied. */
    data: { type: 'string' },
  },
});
const runs = Number(values.runs);
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const say = (words: string) => console.error(words);
const question = 'Who are our segments, and how large is each?';
const folder = mkdtempSync(join(tmpdir(), 'kindred-bench-'));
const data = join(folder, 'data');
const row = (name: string, ...cells: string[]) =>
  console.log(name.padEnd(52) + cells.map(cell => cell.padStart(12)).join(''));
const ms = (milliseconds: number) => `${milliseconds.toFixed(0)} ms`;

try {
  if (values.data === undefined) await makeShop();
  else cpSync(values.data, data, { recursive: true });

  say('starting with and without Slack …');
  await starts();
  say('asking without a model …');
  const plain = await withServer({}, (slack, serving) => asked(slack, serving));
  say('asking with a scripted model …');
  await using model = await startScriptedModel(({ messages }) =>
    messages.at(-1)?.role === 'user' && Array.isArray(messages.at(-1)?.content)
      ? afterTools(messages.at(-1)!.content as { type: string }[])
      : toolUse('list_segments', {}),
  );
  const told = await withServer({ ANTHROPIC_BASE_URL: model.url }, (slack, serving) => asked(slack, serving));
  row('', 'no model', 'scripted');
  for (const name of Object.keys(plain)) row(name, plain[name]!, told[name]!);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function afterTools(content: readonly { type: string }[]) {
  return content.some(({ type }) => type === 'tool_result')
    ? text('These are your segments; the picture and the table under this show how large each is.')
    : toolUse('list_segments', {});
}

async function makeShop(): Promise<void> {
  const shop = join(folder, 'shop');
  say(`making a shop of ${values.customers} customers …`);
  await writeDemoShop(shop, { customers: Number(values.customers), seed: 1, asOf: '2026-11-01', months: 18 });
  await kindred('import', shop);
  await kindred('segment', '--as-of', '2026-10-18');
}

async function kindred(...args: string[]): Promise<number> {
  const { code, stderr, seconds } = await measure(process.execPath, [main, ...args, '--data', data]);
  if (code !== 0) throw new Error(`kindred ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return seconds * 1000;
}

/** Each in turn, A B A B. */
async function starts(): Promise<void> {
  const slack = await openSlack();
  const settings = settingsOf(slack);
  const [without, alongside]: { listens: number; connected: number; mb: number }[][] = [[], []];
  const [bare, set]: number[][] = [[], []];
  for (let run = 0; run < runs; run++) {
    for (const [each, env] of [
      [without!, {}],
      [alongside!, settings],
    ] as const) {
      const serving = await startServing(data, env);
      // The stores are open by then, and Slack’s first calls are over.
      await wait(3000);
      each.push({ listens: serving.listens, connected: serving.connected, mb: serving.residentMb() });
      await serving.stop();
    }
    for (const [each, env] of [
      [bare!, {}],
      [set!, settings],
    ] as const) {
      Object.assign(process.env, env);
      each.push(await kindred('segments'));
      for (const name of Object.keys(env)) delete process.env[name];
    }
  }
  await slack.close();
  row('', 'no Slack', 'Slack', 'ratio');
  const pair = (name: string, a: number, b: number, unit: string) =>
    row(name, `${a.toFixed(0)} ${unit}`, `${b.toFixed(0)} ${unit}`, (b / a).toFixed(2));
  const of = (each: typeof without, part: 'listens' | 'connected' | 'mb') =>
    median(each!.map(found => found[part]));
  pair('kindred serve, until it listens', of(without, 'listens'), of(alongside, 'listens'), 'ms');
  row('kindred serve, until Slack is connected', '', ms(of(alongside, 'connected')));
  pair('kindred serve, memory after 3 s', of(without, 'mb'), of(alongside, 'mb'), 'MB');
  pair('kindred segments, start to end', median(bare!), median(set!), 'ms');
}

async function openSlack(): Promise<FakeSlack> {
  const slack = await fakeSlack({ startsAt: new Date().toISOString() });
  for (let person = 0; person < 20; person++) slack.addUser(`person${person}`);
  return slack;
}

async function withServer(
  env: NodeJS.ProcessEnv,
  work: (slack: FakeSlack, serving: Serving) => Promise<Record<string, string>>,
): Promise<Record<string, string>> {
  const slack = await openSlack();
  const copy = `${data}-copy`;
  rmSync(copy, { recursive: true, force: true });
  cpSync(data, copy, { recursive: true });
  const serving = await startServing(copy, { ...settingsOf(slack), ...env });
  try {
    return await work(slack, serving);
  } finally {
    await serving.stop();
    await slack.close();
  }
}

async function asked(slack: FakeSlack, serving: Serving): Promise<Record<string, string>> {
  const { ana } = slack.users;
  await askOnce(slack, ana);
  const each: Awaited<ReturnType<typeof askOnce>>[] = [];
  for (let run = 0; run < 2 * runs; run++) each.push(await askOnce(slack, ana));
  const listed: number[] = [];
  for (let run = 0; run < 2 * runs; run++) listed.push(await listOnce(slack, ana));
  const before = serving.residentMb();
  const many = await askMany(slack);
  const after = serving.residentMb();
  const digest = await digestAfterRefresh(slack);
  const part = (name: keyof (typeof each)[number]) => ms(median(each.map(found => found[name])));
  return {
    'an event, until it is acknowledged': part('acknowledged'),
    'a question, until the first sign of life': part('sign'),
    'a question, until the answer with its picture': part('answered'),
    '/segments list, until it stands there': ms(median(listed)),
    '200 questions of 20 people, until all are answered': `${(many.took / 1000).toFixed(1)} s`,
    'of them lost': String(many.lost),
    'the slowest of their acknowledgements': ms(many.slowest),
    'memory before and after them': `${before.toFixed(0)}, ${after.toFixed(0)} MB`,
    'end of a refresh, until its digest stands there': ms(digest),
  };
}

async function askOnce(slack: FakeSlack, user: string) {
  const channel = slack.dm(user);
  const start = performance.now();
  const seen = { sign: 0, answered: 0 };
  const calls = slack.calls().length;
  const ended = slack.until(() => {
    const since = slack.calls().slice(calls);
    if (seen.sign === 0 && since.some(({ method }) => /setStatus|startStream/.test(method)))
      seen.sign = performance.now() - start;
    if (!since.some(({ method, ok }) => method === 'chat.stopStream' && ok)) return false;
    seen.answered ||= performance.now() - start;
    return true;
  });
  const asked = await slack.post(user, channel, question);
  const acknowledged = performance.now() - start;
  await ended;
  const { ts } = asked;
  const pictured = slack
    .messages(channel, ts)
    .some(({ blocks }) => blocks.some(({ type }) => type === 'image'));
  if (!pictured) say('an answer had no picture');
  await slack.settled();
  return { acknowledged, ...seen };
}

async function listOnce(slack: FakeSlack, user: string): Promise<number> {
  const start = performance.now();
  const before = slack.calls('response_url').length;
  await slack.command(user, '/segments', 'list');
  await slack.until(() => slack.calls('response_url').length > before);
  const took = performance.now() - start;
  // Its picture follows; it is no part of what is measured next.
  await wait(1500);
  return took;
}

/** Ten conversations of each of twenty people, all begun at once. */
async function askMany(slack: FakeSlack): Promise<{ took: number; lost: number; slowest: number }> {
  const people = Array.from({ length: 20 }, (_, i) => slack.addUser(`asker${i}`));
  const start = performance.now();
  const told = slack.deliveries('message').length;
  const posted = await Promise.all(
    people.flatMap(user => Array.from({ length: 10 }, () => slack.post(user, slack.dm(user), question))),
  );
  const ended = performance.now() + 300_000;
  let lost = posted.length;
  let took = 0;
  while (lost > 0 && performance.now() < ended) {
    await wait(250);
    lost = posted.length - answeredOnce(slack, people, posted);
    took = performance.now() - start;
  }
  const slowest = Math.max(
    ...slack
      .deliveries('message')
      .slice(told)
      .map(({ took: each }) => each ?? 0),
  );
  return { took, lost, slowest };
}

/** Of these questions: how many have one whole answer in their thread. */
function answeredOnce(
  slack: FakeSlack,
  people: readonly string[],
  posted: readonly { ts: string }[],
): number {
  const answers = people
    .flatMap(user => slack.allMessages(slack.dm(user)))
    .filter(
      ({ user, blocks }) => user === slack.botUser && blocks.some(({ type }) => type === 'context_actions'),
    )
    .map(({ thread_ts: thread }) => thread);
  return posted.filter(({ ts }) => answers.filter(thread => thread === ts).length === 1).length;
}

async function digestAfterRefresh(slack: FakeSlack): Promise<number> {
  const copy = `${data}-copy`;
  const { code, stderr } = await measure(process.execPath, [
    main,
    'refresh',
    '--as-of',
    '2026-11-01',
    '--data',
    copy,
  ]);
  const end = performance.now();
  if (code !== 0) throw new Error(`the refresh ended with ${code}:\n${stderr}`);
  await slack.until(() =>
    slack.messages(slack.channels.marketing).some(({ text: words }) => words.startsWith('Customer segments')),
  );
  return performance.now() - end;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

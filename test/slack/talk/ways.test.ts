import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { divider, section } from '../../../src/slack/blocks/layout.ts';
import { createTelling } from '../../../src/slack/talk/telling.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import {
  failure,
  type ScriptedReply,
  type ScriptedRequest,
  text,
  toolUse,
} from '../../support/scripted-model.ts';
import type { Message } from '../../support/slack/types.ts';
import { askedLast, type Talking, type TalkingOptions, talking, wordsOf } from './harness.ts';

let shop: LivedShop;
let here: Talking | undefined;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
}, 60_000);
afterAll(() => shop.close());
afterEach(async () => {
  await here?.close();
  here = undefined;
});

const begin = async (options: TalkingOptions = {}) => {
  here = await talking(shop, options);
  return here;
};

/** Of which no picture is drawn. */
const look = toolUse('list_features', {});
const ending = (message: Message) => message.streaming !== 'in_progress';
const said = ({ fake }: Talking, channel: string, thread: string) =>
  fake.messages(channel, thread).filter(({ user, ts }) => user === fake.botUser && ts !== thread);

/** Opens when it is told to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

const afterLooking =
  (reply: ScriptedReply | ((request: ScriptedRequest) => ScriptedReply | Promise<ScriptedReply>)) =>
  (request: ScriptedRequest, i: number): ScriptedReply | Promise<ScriptedReply> =>
    i === 0 ? look : typeof reply === 'function' ? reply(request) : reply;

/** Asks, and tells the question and what was answered once it is whole. */
async function ask(on: Talking, words = 'Who are our segments?') {
  const { fake } = on;
  const channel = fake.dm(fake.users.ana);
  const asked = await fake.post(fake.users.ana, channel, words);
  return {
    channel,
    thread: asked.ts,
    answers: async (many = 1) => {
      await fake.until(() => {
        const all = said(on, channel, asked.ts);
        return all.length >= many && all.every(ending) && all.every(({ text }) => text !== '');
      });
      await fake.until(() => fake.calls('agents.sessions.setStatus').at(-1)?.args.status === 'active');
      return said(on, channel, asked.ts);
    },
  };
}

const whole = 'There are some segments.\n\n**Next:** look at them.';

describe('an answer is told whole and once', () => {
  test.each([
    ['where streams are unknown', 'chat.startStream', { error: 'unknown_method' }],
    [
      'where the answer to a stream’s beginning is lost',
      'chat.startStream',
      { line: 'cut' as const, carriedOut: true },
    ],
    [
      'where a stream cannot be gone on with',
      'chat.appendStream',
      { error: 'message_not_in_streaming_state' },
    ],
    ['where Slack fails at the end of a stream', 'chat.stopStream', { status: 500 }],
    [
      'where the answer to the end of a stream is lost',
      'chat.stopStream',
      { line: 'cut' as const, carriedOut: true },
    ],
    ['where the end has to wait', 'chat.stopStream', { retryAfter: 7 }],
    ['where the beginning has to wait', 'chat.startStream', { retryAfter: 30 }],
  ])('%s', async (_, method, fault) => {
    const on = await begin({ reply: afterLooking(text(whole)) });
    on.fake.fail(method, fault);
    const { answers } = await ask(on);
    expect((await answers()).map(wordsOf)).toEqual([whole]);
    expect(on.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('where Slack asks for patience in the middle of a stream', async () => {
    const written = gate();
    const on = await begin({
      async reply(_, i) {
        if (i === 0) return look;
        await written.opened;
        return text(whole);
      },
    });
    on.fake.fail('chat.appendStream', { retryAfter: 20, times: 3 });
    const { answers } = await ask(on);
    await on.fake.until(
      () => on.fake.calls('chat.appendStream').filter(({ status }) => status === 429).length === 3,
    );
    written.open();
    expect((await answers()).map(wordsOf)).toEqual([whole]);
  });

  test('where the model takes so long that Slack has ended the stream', async () => {
    const written = gate();
    const on = await begin({
      async reply(_, i) {
        if (i === 0) return look;
        await written.opened;
        return text(whole);
      },
    });
    const { answers } = await ask(on);
    await on.fake.until(() => on.fake.calls('chat.appendStream').length === 1);
    on.fake.advance(10 * 60_000);
    written.open();
    expect((await answers()).map(wordsOf)).toEqual([whole]);
  });

  test('where its first words turn out to be none of it', async () => {
    const on = await begin({
      reply: (_, i) =>
        i === 0
          ? [text('Let me look that up, which takes a moment.\n\nHere it comes:\n'), look]
          : text('Twelve million customers.\n\nThat is all.'),
    });
    const { answers } = await ask(on);
    const [answer, ...others] = await answers();
    expect(others).toEqual([]);
    expect(wordsOf(answer!)).not.toContain('Let me look');
    expect(wordsOf(answer!)).toContain('That is all.');
    expect(wordsOf(answer!).match(/That is all/g)).toHaveLength(1);
  });

  test('where it is longer than a message of Slack', async () => {
    const paragraphs = Array.from(
      { length: 60 },
      (_, i) => `Paragraph ${'abcdefghij'[i % 10]}${'klmnop'[i % 6]} ${'says this '.repeat(40)}.`,
    );
    const on = await begin({ reply: afterLooking(text(paragraphs.join('\n\n'))) });
    const { answers } = await ask(on);
    const all = await answers(3);
    expect(
      all
        .map(wordsOf)
        .join('\n\n')
        .split('\n\n')
        .map(words => words.trim()),
    ).toEqual(paragraphs);
    for (const message of all) expect(wordsOf(message).length).toBeLessThanOrEqual(12_000);
  });

  test('where a table takes far more as it is written than as a table of Slack', async () => {
    const on = await begin();
    const { fake, slack } = on;
    const { ana } = fake.users;
    const channel = fake.dm(ana);
    const asked = await fake.post(ana, channel, '', { fields: { bot_id: 'B0OTHER' } });
    const said: unknown[] = [];
    const telling = createTelling({
      client: slack.client,
      stopping: slack.stopping,
      pauses: [],
      spot: { channel, thread: asked.ts, team: fake.team, user: ana },
      asked: asked.ts,
      mayStream: () => true,
      failed: error => said.push(error),
    });
    const row = (cell: string) => `| ${Array(12).fill(cell).join(' | ')} |`;
    const table = [row('ab'), row('---'), ...Array(96).fill(row('ab'))].join('\n');
    const words = `${'First this. '.repeat(120)}\n\n${table}\n\nThe end.`;
    telling.hear({ kind: 'text', text: words });
    await telling.finish(words, [
      section('Under it. '.repeat(290)),
      section('And this. '.repeat(290)),
      divider(),
    ]);
    const [answer, ...others] = fake.messages(channel, asked.ts).filter(({ user }) => user === fake.botUser);
    expect(others).toEqual([]);
    expect(answer!.blocks.map(({ type }) => type)).toEqual([
      'markdown',
      'data_table',
      'markdown',
      'section',
      'section',
      'divider',
    ]);
    expect(said).toEqual([]);
  });

  test.each(['unavailable', 'refuse'] as const)(
    'when Slack is there again, where it was %s meanwhile',
    async how => {
      const written = gate();
      const on = await begin({
        pauses: Array(2000).fill(10),
        async reply(_, i) {
          if (i === 0) return look;
          await written.opened;
          return text(whole);
        },
      });
      const { answers } = await ask(on);
      await on.fake.until(() => on.fake.calls('chat.appendStream').length === 1);
      await on.fake.down(how);
      written.open();
      await vi.waitUntil(
        () => on.logged.some(({ message }) => message.startsWith('Slack did not take')),
        20_000,
      );
      await on.fake.up();
      expect((await answers()).map(wordsOf)).toEqual([whole]);
    },
  );
});

describe('where Slack refuses', () => {
  test('what stands under an answer, it is told without', async () => {
    const on = await begin({ reply: afterLooking(text(whole)) });
    on.fake.fail('chat.stopStream', { error: 'invalid_blocks' });
    const { answers } = await ask(on);
    const [answer, ...others] = await answers();
    expect(others).toEqual([]);
    expect(wordsOf(answer!)).toBe(whole);
    expect(answer!.blocks.map(({ type }) => type)).not.toContain('context_actions');
  });

  test('all blocks of an answer, its words are told', async () => {
    const on = await begin({ reply: afterLooking(text(whole)) });
    on.fake.fail('chat.stopStream', { error: 'invalid_blocks', times: 2 });
    const { answers } = await ask(on);
    const [answer, ...others] = await answers();
    expect(others).toEqual([]);
    expect(answer!.text).toBe('There are some segments.\n\nNext: look at them.');
    expect(answer!.blocks).toEqual([]);
  });

  test('to have anything in the channel, the person is told by direct message', async () => {
    const on = await begin({ reply: afterLooking(text(whole)) });
    const { fake } = on;
    for (const method of ['chat.startStream', 'chat.postMessage'])
      fake.fail(method, { error: 'restricted_action' });
    await fake.mention(fake.users.ana, fake.channels.marketing, 'who?');
    const dm = fake.dm(fake.users.ana);
    await fake.waitFor(dm, ({ text: words }) => words.includes('There are some segments.'));
    expect(fake.messages(dm)[0]!.text).toContain('restricted_action');
  });
});

describe('what goes wrong is told in words', () => {
  test('a model that does not answer', async () => {
    const on = await begin({ reply: () => failure(529) });
    const { answers } = await ask(on);
    const [answer] = await answers();
    expect(wordsOf(answer!)).toContain('overloaded or out of order');
    expect(wordsOf(answer!)).toContain('what the words of the question find');
  });

  test('a store that fails: what is wrong for the asker, the rest for the log', async () => {
    const on = await begin({
      app: {
        warehouse: async () => {
          throw new Error('/home/someone/secret.duckdb is broken');
        },
      },
    });
    const { answers } = await ask(on);
    const [answer] = await answers();
    expect(wordsOf(answer!)).toContain('Internal error');
    expect(wordsOf(answer!)).not.toContain('secret');
    expect(on.logged.some(({ level }) => level === 'error')).toBe(true);
  });
});

describe('stop', () => {
  test('ends what is written and takes back what waits in the thread, and nothing else', async () => {
    const slow = gate();
    const on = await begin({
      async reply(request, i) {
        if (i === 0) return look;
        if (askedLast(request) === 'elsewhere?') return text('Elsewhere goes on.');
        await slow.opened;
        return text(whole);
      },
    });
    const { fake } = on;
    const { channel, thread } = await ask(on);
    await fake.until(() => fake.calls('chat.appendStream').length === 1);
    const second = await fake.post(fake.users.ana, channel, 'and then?', { thread });
    await fake.until(() =>
      fake
        .calls('assistant.threads.setStatus')
        .some(({ args }) => /before this one/.test(String(args.status))),
    );
    await fake.stop(fake.users.ana, channel, thread);
    const other = await fake.post(fake.users.ana, channel, 'elsewhere?');
    await fake.until(() =>
      said(on, channel, other.ts)
        .filter(ending)
        .some(message => wordsOf(message) === 'Elsewhere goes on.'),
    );
    await fake.until(
      () =>
        said(on, channel, thread).length === 2 &&
        said(on, channel, thread).every(({ text: words }) => words !== ''),
    );
    const all = said(on, channel, thread);
    expect(all.map(({ text: words }) => words).toSorted()).toEqual([
      'Stopped, as asked.',
      'The question that waited here was taken back.',
    ]);
    expect(all.every(ending)).toBe(true);
    slow.open();
    expect(on.model!.requests.map(askedLast)).not.toContain('and then?');
    expect(second.thread_ts).toBe(thread);
    await fake.until(
      () =>
        fake
          .calls('agents.sessions.setStatus')
          .filter(({ args }) => args.thread_ts === thread)
          .at(-1)?.args.status === 'active',
    );
    expect(on.logged.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('ends a tool that waits for its turn', async () => {
    const slow = gate();
    const on = await begin({ reply: afterLooking(text(whole)) });
    const { fake } = on;
    const busy = on.slack.app.turns.take('something long', () => slow.opened);
    const { channel, thread } = await ask(on);
    await fake.until(() => fake.calls('chat.startStream').length === 1);
    await fake.stop(fake.users.ana, channel, thread);
    await fake.until(() =>
      said(on, channel, thread).every(({ text: words }) => words === 'Stopped, as asked.'),
    );
    slow.open();
    await busy;
    expect(on.model!.requests).toHaveLength(1);
  });

  test('is harmless where nothing runs', async () => {
    const on = await begin({ reply: () => text(whole) });
    const { fake } = on;
    const channel = fake.dm(fake.users.ana);
    const { answers, thread } = await ask(on);
    await answers();
    await fake.stop(fake.users.ana, channel, thread);
    await fake.until(() => fake.calls('agents.sessions.setStatus').length === 3);
    expect(said(on, channel, thread).map(wordsOf)).toEqual([whole]);
  });

  test('of the server tells whoever waits for an answer', async () => {
    const slow = gate();
    const on = await begin({
      async reply(_, i) {
        if (i === 0) return look;
        await slow.opened;
        return text(whole);
      },
    });
    const { fake } = on;
    const { channel, thread, answers } = await ask(on);
    await fake.until(() => fake.calls('chat.startStream').length === 1);
    on.stop();
    const [answer, ...others] = await answers();
    expect(others).toEqual([]);
    expect(answer!.text).toContain('Kindred was stopped before this was done. Please ask again.');
    expect(fake.messages(channel, thread)).toHaveLength(2);
    slow.open();
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { text, toolUse } from '../../support/scripted-model.ts';
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

const look = toolUse('list_segments', {});
const done = (message: Message) => message.streaming !== 'in_progress';
const repeats: TalkingOptions['reply'] = request => text(`You asked: ${askedLast(request)}`);

/** What Kindred said in a thread, in order. */
const said = ({ fake }: Talking, channel: string, thread: string) =>
  fake.messages(channel, thread).filter(({ user, ts }) => user === fake.botUser && ts !== thread);

const statuses = ({ fake }: Talking) =>
  fake.calls().flatMap(({ method, args }) => (/setStatus/.test(method) ? [String(args.status)] : []));

describe('a question', () => {
  test('in a direct message is answered in the thread that it begins, with what is done on the way', async () => {
    const on = await begin({
      reply: (_, i) => (i === 0 ? look : text('There are some segments.\n\n**Next:** look at them.')),
    });
    const { fake, logged } = on;
    const channel = fake.dm(fake.users.ana);
    const asked = await fake.post(fake.users.ana, channel, 'Who are our segments?');
    const answer = await fake.waitFor(channel, message => message.thread_ts === asked.ts && done(message));
    await fake.until(() => statuses(on).at(-1) === 'active');
    expect(said(on, channel, asked.ts)).toHaveLength(1);
    expect(wordsOf(answer)).toBe('There are some segments.\n\n**Next:** look at them.');
    const plan = answer.blocks.find(({ type }) => type === 'plan');
    expect(plan?.title).toBe('What was looked up');
    expect(plan?.tasks).toMatchObject([{ title: 'List the segments', status: 'complete' }]);
    expect(answer.blocks.map(({ type }) => type)).toContain('context_actions');
    expect(statuses(on)).toEqual([
      'processing',
      'is reading the question',
      'is looking at the segments',
      '',
      'active',
    ]);
    expect(fake.calls('agents.sessions.setStatus')[0]!.args).toMatchObject({
      title: 'Who are our segments?',
    });
    expect(logged).toEqual([]);
  });

  test('is asked as the person, of what was said before in the thread, and kept as the conversation of the thread', async () => {
    const on = await begin({ reply: repeats });
    const { fake } = on;
    const channel = fake.dm(fake.users.ana);
    const first = await fake.post(
      fake.users.ana,
      channel,
      'Spend &lt; 50 &amp; <mailto:a@b.example|a@b.example>?',
    );
    await fake.until(() => said(on, channel, first.ts).filter(done).length === 1);
    await fake.post(fake.users.ana, channel, 'and now?', { thread: first.ts });
    await fake.until(() => said(on, channel, first.ts).filter(done).length === 2);
    const [one, two] = said(on, channel, first.ts).map(wordsOf);
    expect(one).toContain('You asked: Spend &lt; 50 &amp;');
    expect(one).not.toContain('a@b.example');
    expect(two).toBe('You asked: and now?');
    expect(JSON.stringify(on.model!.requests[1]!.messages)).toContain('Spend < 50');
    const kept = await shop.context.state.conversations.messages(`slack:${channel}:${first.ts}`);
    expect(kept.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant']);
  });

  test('in a channel is answered in the thread of the message that mentions Kindred', async () => {
    const on = await begin({ reply: repeats });
    const { fake } = on;
    const { marketing } = fake.channels;
    const root = await fake.post(fake.users.ben, marketing, 'Numbers for the board are due.');
    const asked = await fake.mention(fake.users.ana, marketing, 'who lapsed?', { thread: root.ts });
    await fake.until(() => said(on, marketing, root.ts).filter(done).length === 1);
    expect(wordsOf(said(on, marketing, root.ts)[0]!)).toBe('You asked: who lapsed?');
    const alone = await fake.mention(fake.users.ben, marketing, 'and who came?');
    await fake.until(() => said(on, marketing, alone.ts).filter(done).length === 1);
    expect(asked.thread_ts).toBe(root.ts);
    expect(fake.calls('chat.startStream').map(({ args }) => args.recipient_user_id)).toEqual([
      fake.users.ana,
      fake.users.ben,
    ]);
  });

  test('without a model is answered from the figures, by the words', async () => {
    const on = await begin();
    const { fake } = on;
    const channel = fake.dm(fake.users.ben);
    const asked = await fake.post(fake.users.ben, channel, 'Who are our segments?');
    await fake.until(() => said(on, channel, asked.ts).filter(done).length === 1);
    const model = (await shop.context.state.models.current())!;
    // What was streamed is what is told: nothing is written anew.
    expect(fake.calls('chat.update')).toEqual([]);
    for (const { persona } of model.segments)
      expect(wordsOf(said(on, channel, asked.ts)[0]!)).toContain(persona.name);
  });

  test('that is too long, or that nothing can be asked about, is answered with what to do', async () => {
    const on = await begin();
    const { fake } = on;
    const channel = fake.dm(fake.users.ana);
    const asked = await fake.post(fake.users.ana, channel, 'who lapsed? '.repeat(500));
    await fake.until(() => said(on, channel, asked.ts).length === 1);
    expect(wordsOf(said(on, channel, asked.ts)[0]!)).toContain('longer than 4000 characters');
  });
});

describe('a proposal', () => {
  const proposes = (key: string) =>
    toolUse('propose_persona', { segment: key, name: 'Browsers', why: 'shorter' });

  test('is shown as a card in the thread where it was asked for', async () => {
    const { state } = shop.context;
    const { key } = (await state.models.current())!.segments[0]!;
    const on = await begin({ reply: (_, i) => (i === 0 ? proposes(key) : text('It waits for a person.')) });
    const { fake } = on;
    const channel = fake.dm(fake.users.ana);
    const asked = await fake.post(fake.users.ana, channel, 'Call them browsers.');
    await fake.until(() => said(on, channel, asked.ts).filter(done).length === 1);
    await fake.until(() => statuses(on).at(-1) === 'active');
    const [proposal] = await state.proposals.list();
    expect(await state.slack.messages.of('proposal', proposal!.id)).toMatchObject([
      { channel, thread: asked.ts },
    ]);
    expect(proposal!.createdBy).toContain('Ana');
  });

  test('is shown also where its answer was stopped: it waits for a decision all the same', async () => {
    const { state } = shop.context;
    const { key } = (await state.models.current())!.segments[1]!;
    let open = () => {};
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    const on = await begin({
      async reply(_, i) {
        if (i === 0) return proposes(key);
        await opened;
        return text('It waits for a person.');
      },
    });
    const { fake } = on;
    const channel = fake.dm(fake.users.ana);
    const asked = await fake.post(fake.users.ana, channel, 'Call them browsers.');
    await fake.until(() => fake.calls('chat.appendStream').length > 0);
    await fake.stop(fake.users.ana, channel, asked.ts);
    await fake.until(() =>
      said(on, channel, asked.ts).some(({ text: words }) => words === 'Stopped, as asked.'),
    );
    await fake.until(() => statuses(on).at(-1) === 'active');
    const proposal = (await state.proposals.list()).find(({ subject }) =>
      JSON.stringify(subject).includes(key),
    );
    expect(await state.slack.messages.of('proposal', proposal!.id)).toMatchObject([
      { channel, thread: asked.ts },
    ]);
    open();
  });

  test('is none of a person who may only read', async () => {
    const { state } = shop.context;
    const before = (await state.proposals.list()).length;
    const { key } = (await state.models.current())!.segments[0]!;
    const on = await begin({ reply: (_, i) => (i === 0 ? proposes(key) : text('You may not.')) });
    const { fake } = on;
    const channel = fake.dm(fake.users.ben);
    const asked = await fake.post(fake.users.ben, channel, 'Call them browsers.');
    await fake.until(() => said(on, channel, asked.ts).filter(done).length === 1);
    expect((await state.proposals.list()).length).toBe(before);
    expect(JSON.stringify(on.model!.requests[1]!.messages)).toContain('yours is viewer');
    expect(JSON.stringify(said(on, channel, asked.ts)[0]!.blocks)).toContain('"status":"error"');
  });
});

describe('a remark in a thread that Kindred answered in', () => {
  const thread = async (on: Talking) => {
    const { fake } = on;
    const asked = await fake.mention(fake.users.ana, fake.channels.marketing, 'who lapsed?');
    await fake.until(() => said(on, fake.channels.marketing, asked.ts).filter(done).length === 1);
    return asked.ts;
  };
  /** What was said before is answered first, so that whatever is not answered then never is. */
  const answers = async (on: Talking, ts: string) => {
    const { fake } = on;
    await fake.mention(fake.users.ana, fake.channels.marketing, 'last', { thread: ts });
    const words = () => said(on, fake.channels.marketing, ts).filter(done).map(wordsOf);
    await fake.until(() => words().includes('You asked: last'));
    return words();
  };

  test('is a question where its author asked there before, and else is none', async () => {
    const on = await begin({ reply: repeats });
    const { fake } = on;
    const { marketing } = fake.channels;
    const ts = await thread(on);
    await fake.post(fake.users.ana, marketing, 'and which of them click?', { thread: ts });
    await fake.post(fake.users.ben, marketing, 'I would not bother.', { thread: ts });
    await fake.post(fake.users.ana, marketing, `<@${fake.users.ben}> why not?`, { thread: ts });
    await fake.mention(fake.users.ben, marketing, 'who are they?', { thread: ts });
    await fake.post(fake.users.ben, marketing, 'and what do they buy?', { thread: ts });
    expect(await answers(on, ts)).toEqual([
      'You asked: who lapsed?',
      'You asked: and which of them click?',
      'You asked: who are they?',
      'You asked: and what do they buy?',
      'You asked: last',
    ]);
  });

  test('is a question also while the first answer is not there yet', async () => {
    let open = () => {};
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    const on = await begin({
      async reply(request, i) {
        if (i === 0) await opened;
        return text(`You asked: ${askedLast(request)}`);
      },
    });
    const { fake } = on;
    const { marketing } = fake.channels;
    const asked = await fake.mention(fake.users.ana, marketing, 'who lapsed?');
    await fake.post(fake.users.ben, marketing, 'I would not bother.', { thread: asked.ts });
    await fake.post(fake.users.ana, marketing, 'and which of them click?', { thread: asked.ts });
    await fake.until(() => statuses(on).includes('has other questions before this one'));
    open();
    expect(await answers(on, asked.ts)).toEqual([
      'You asked: who lapsed?',
      'You asked: and which of them click?',
      'You asked: last',
    ]);
  });

  test('is none in a thread without a conversation, nor at the top of the channel', async () => {
    const on = await begin({ reply: repeats });
    const { fake } = on;
    const { marketing } = fake.channels;
    const root = await fake.post(fake.users.ana, marketing, 'The digest is here.');
    await fake.post(fake.users.ana, marketing, 'what of it?', { thread: root.ts });
    expect(await answers(on, root.ts)).toEqual(['You asked: last']);
    expect(on.model!.requests).toHaveLength(1);
  });
});

describe('what is no question', () => {
  test('is passed over: bots, edits, deletions, joins, and what is told twice', async () => {
    const on = await begin({ reply: repeats });
    const { fake } = on;
    const { ana } = fake.users;
    const channel = fake.dm(ana);
    await fake.post(ana, channel, 'beep', { fields: { bot_id: 'B0OTHER' } });
    await fake.post(ana, channel, 'joined', { fields: { subtype: 'channel_join' } });
    await fake.post('U0KINDRED01', fake.channels.marketing, `<@${fake.botUser}> me?`);
    const asked = await fake.post(ana, channel, 'who?');
    await fake.until(() => said(on, channel, asked.ts).filter(done).length === 1);
    await fake.edit(asked, 'who else?');
    await fake.remove(asked);
    const { marketing } = fake.channels;
    const fields = { subtype: 'thread_broadcast' };
    const shared = await fake.mention(ana, marketing, 'shared?', {
      thread: (await fake.post(ana, marketing, 'a')).ts,
      fields,
    });
    const [told] = fake.deliveries().filter(({ payload }) => JSON.stringify(payload).includes('shared?'));
    await fake.retry(told!);
    await fake.until(() => said(on, marketing, shared.thread_ts!).filter(done).length === 1);
    const last = await fake.post(ana, channel, 'last?');
    await fake.until(() => said(on, channel, last.ts).filter(done).length === 1);
    expect(on.model!.requests.map(askedLast)).toEqual(['who?', 'shared?', 'last?']);
  });

  test('an empty mention is told what Kindred can do, and a file that words are needed', async () => {
    const on = await begin({ reply: repeats });
    const { fake } = on;
    const { ana } = fake.users;
    const empty = await fake.mention(ana, fake.channels.marketing, '');
    await fake.until(() => said(on, fake.channels.marketing, empty.ts).length === 1);
    const help = said(on, fake.channels.marketing, empty.ts)[0]!;
    expect(JSON.stringify(help.blocks)).toContain('lapsed but recoverable');
    const channel = fake.dm(ana);
    await on.slack.client.filesUploadV2({ file: Buffer.from('a,b'), filename: 'list.csv' });
    const fields = { subtype: 'file_share', files: fake.files().map(({ id }) => id) };
    const file = await fake.post(ana, channel, '', { fields });
    await fake.until(() => said(on, channel, file.ts).length === 1);
    expect(said(on, channel, file.ts)[0]!.text).toContain('I cannot read files');
    const both = await fake.post(ana, channel, 'who are these?', { fields });
    await fake.until(() => said(on, channel, both.ts).filter(done).length === 1);
    expect(JSON.stringify(said(on, channel, both.ts)[0]!.blocks)).toContain(
      'I did not read what was attached',
    );
    expect(on.model!.requests).toHaveLength(1);
  });

  test('people without a role are refused once in a thread, and cost nothing', async () => {
    const on = await begin({ reply: repeats });
    const { fake } = on;
    const { cleo } = fake.users;
    const channel = fake.dm(cleo);
    const asked = await fake.post(cleo, channel, 'who lapsed?');
    await fake.until(() => said(on, channel, asked.ts).length === 1);
    await fake.post(cleo, channel, 'please?', { thread: asked.ts });
    await fake.openHome(cleo, 'messages');
    const again = await fake.post(cleo, channel, 'hello?');
    await fake.until(() => said(on, channel, again.ts).length === 1);
    expect(said(on, channel, asked.ts)).toHaveLength(1);
    expect(JSON.stringify(said(on, channel, asked.ts)[0]!.blocks)).toContain('KINDRED_SLACK_VIEWERS');
    expect(on.model!.requests).toEqual([]);
    expect(fake.calls('assistant.threads.setSuggestedPrompts')).toEqual([]);
  });

  test('nobody asks without end', async () => {
    const on = await begin({ reply: repeats, mostOfOne: 1, atOnce: 1 });
    const { fake } = on;
    const channel = fake.dm(fake.users.ana);
    const asked = await Promise.all(['one', 'two'].map(words => fake.post(fake.users.ana, channel, words)));
    await fake.until(() => asked.every(({ ts }) => said(on, channel, ts).filter(done).length === 1));
    const texts = asked.map(({ ts }) => said(on, channel, ts)[0]!.text);
    expect(texts.filter(words => words.startsWith('That is more than I take'))).toHaveLength(1);
  });
});

test('questions are suggested that this shop answers', async () => {
  const on = await begin();
  const { fake } = on;
  await fake.openHome(fake.users.ben, 'messages');
  await fake.until(() => fake.calls('assistant.threads.setSuggestedPrompts').some(({ ok }) => ok));
  const { args } = fake.calls('assistant.threads.setSuggestedPrompts')[0]!;
  const prompts = args.prompts as { title: string; message: string }[];
  expect(prompts).toHaveLength(4);
  const channel = fake.dm(fake.users.ben);
  for (const { message } of prompts) {
    const asked = await fake.post(fake.users.ben, channel, message.replaceAll('&', '&amp;'));
    await fake.until(() => said(on, channel, asked.ts).filter(done).length === 1);
    expect(wordsOf(said(on, channel, asked.ts)[0]!)).not.toMatch(
      /No segment, audience or topic|does not answer/,
    );
  }
});

test('what people and models write calls nobody, and links to nothing', async () => {
  const hostile =
    '<!channel> <@U0000001> @here <https://evil.example|our report> [click](https://evil.example) *Ignore* `x` &lt;!everyone&gt; :tada:\n\n# <!here>\n\n| a | <@U0000001> |\n|---|---|\n| <!channel> | b |';
  const on = await begin({ reply: () => text(`${hostile}\n\nThat was it.`) });
  const { fake } = on;
  const channel = fake.dm(fake.users.ana);
  const asked = await fake.post(fake.users.ana, channel, hostile);
  await fake.until(() => said(on, channel, asked.ts).filter(done).length > 0);
  await fake.until(() => statuses(on).at(-1) === 'active');
  const sent = fake.calls().filter(({ method }) => /^(chat|assistant|agents)\./.test(method));
  for (const { args } of sent) {
    expect(JSON.stringify(args)).not.toMatch(/<[!@#]|<http/);
    expect(JSON.stringify([args.chunks, args.blocks, args.text])).not.toMatch(/@here\b|(?<!\\)\]\(http/);
  }
  const question = askedLast(on.model!.requests[0]!);
  expect(question).toContain('everybody somebody @here our report');
});

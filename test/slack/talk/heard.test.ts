import { describe, expect, test } from 'vitest';
import { createAllowance } from '../../../src/slack/talk/allowance.ts';
import { createAskers } from '../../../src/slack/talk/askers.ts';
import { doing } from '../../../src/slack/talk/doing.ts';
import { heardIn, type MessageEvent } from '../../../src/slack/talk/heard.ts';
import { helpBlocks } from '../../../src/slack/talk/help.ts';
import { inSlack } from '../../../src/slack/talk/in-slack.ts';
import { promptsFor } from '../../../src/slack/talk/prompts.ts';
import { tools } from '../../../src/tools/registry.ts';
import { checkMessage } from '../../support/slack/block-kit/check.ts';

const bot = 'U0BOT';
const heard = (changes: Partial<MessageEvent>) =>
  heardIn(
    {
      type: 'message',
      channel: 'C01',
      channel_type: 'channel',
      user: 'U01',
      text: 'who?',
      ts: '10.1',
      ...changes,
    },
    bot,
  );

describe('what is heard', () => {
  test('in a direct message is all that a person says, in its thread', () => {
    expect(heard({ channel: 'D01', channel_type: 'im' })).toMatchObject({ kind: 'direct', thread: '10.1' });
    expect(heard({ channel: 'D01', channel_type: 'im', thread_ts: '9.1' })).toMatchObject({ thread: '9.1' });
    expect(heard({ channel: 'D01', text: '<@U0BOT> who?' })).toMatchObject({ kind: 'direct', text: 'who?' });
  });

  test('in a channel are mentions, by the event of that name alone, and remarks in threads', () => {
    expect(heard({ type: 'app_mention', text: '<@U0BOT> who?' })).toMatchObject({ kind: 'mention' });
    expect(heard({ text: '<@U0BOT> who?' })).toBeNull();
    expect(heard({ subtype: 'thread_broadcast', text: '<@U0BOT> who?' })).toMatchObject({ kind: 'mention' });
    expect(heard({ type: 'app_mention', channel: 'D01' })).toBeNull();
    expect(heard({ thread_ts: '9.1' })).toMatchObject({ kind: 'remark', thread: '9.1' });
    expect(heard({})).toBeNull();
    expect(heard({ thread_ts: '10.1' })).toBeNull();
    expect(heard({ thread_ts: '9.1', text: '<@U02> what do you think?' })).toBeNull();
    expect(heard({ thread_ts: '9.1', subtype: 'thread_broadcast' })).toMatchObject({ kind: 'remark' });
  });

  test.each([
    { subtype: 'message_changed' },
    { subtype: 'message_deleted' },
    { subtype: 'channel_join' },
    { subtype: 'bot_message' },
    { bot_id: 'B01' },
    { user: bot },
    { user: 'USLACKBOT' },
    { edited: { user: 'U01', ts: '11.1' } },
  ])('is nothing in %j', changes => {
    expect(heard({ channel: 'D01', channel_type: 'im', ...changes })).toBeNull();
    expect(heard({ type: 'app_mention', text: '<@U0BOT> who?', ...changes })).toBeNull();
  });
});

test('an allowance is one of any stretch of time', () => {
  let now = 0;
  const allowed = createAllowance(2, 1000, () => new Date(now));
  expect([allowed(), allowed(), allowed()]).toEqual([true, true, false]);
  now = 999;
  expect(allowed()).toBe(false);
  now = 1000;
  expect([allowed(), allowed(), allowed()]).toEqual([true, true, false]);
});

test('what each tool does has words that go on after a name', () => {
  for (const { title } of tools) {
    expect(doing(title)).toMatch(/^is [a-z]+ing /);
    expect(doing(title), title).not.toContain('working on');
  }
  expect(doing('Show moves between segments')).toBe('is looking at moves between segments');
});

test('commands of a terminal are told as Slack has them', () => {
  const told =
    '**Next:** `kindred moves` lists them, `kindred segments` all, `kindred segments loyal-ones` one. `kindred refresh` is for who runs it.\nDecide: `kindred approve p-12 --consent basis` or `kindred reject p-12 --reason TEXT`.';
  expect(inSlack(told)).toBe(
    '**Next:** `/segments moves` lists them, `/segments list` all, `/segments show loyal-ones` one. `kindred refresh` is for who runs it.\nDecide: **Approve** on its card or **Reject** on its card.',
  );
  expect(
    told
      .split(/(?<=\n)/)
      .map(inSlack)
      .join(''),
  ).toBe(inSlack(told));
});

describe('who asked in a thread', () => {
  const page = (users: string[]) =>
    users.map((user, i) => ({ user, text: '<@U0BOT> who?', ts: `${i + 1}.0` }));
  const saying = (user: string, ts = '9.0', thread = '1.0') => ({ channel: 'C01', thread, user, ts });
  const askersOver = (replies: (args: { cursor?: string }) => object) => {
    let calls = 0;
    const client = {
      conversations: {
        replies: async (args: { cursor?: string }) => {
          calls += 1;
          return replies(args);
        },
      },
    };
    return { askers: createAskers(client as never, bot), calls: () => calls };
  };

  test('is read once, page by page, and learned from then on', async () => {
    const { askers, calls } = askersOver(({ cursor }) =>
      cursor
        ? { messages: page(['U02']) }
        : { messages: page(['U01']), response_metadata: { next_cursor: 'more' } },
    );
    expect(await askers.had(saying('U01'))).toBe(true);
    expect(await askers.had(saying('U02'))).toBe(true);
    expect(await askers.had(saying('U03'))).toBe(false);
    askers.add(saying('U03', '8.0'));
    expect(await askers.had(saying('U03', '7.0'))).toBe(false);
    expect(await askers.had(saying('U03', '9.0'))).toBe(true);
    expect(calls()).toBe(2);
  });

  test('is asked again where Slack did not tell', async () => {
    let fails = true;
    const { askers } = askersOver(() => {
      if (fails) throw new Error('down');
      return { messages: page(['U01']) };
    });
    await expect(askers.had(saying('U01'))).rejects.toThrow('down');
    fails = false;
    expect(await askers.had(saying('U01'))).toBe(true);
  });

  test('leaves out what bots say', async () => {
    const { askers } = askersOver(() => ({
      messages: [{ user: 'U01', bot_id: 'B01', text: '<@U0BOT> who?', ts: '1.0' }],
    }));
    expect(await askers.had(saying('U01'))).toBe(false);
  });
});

describe('what is suggested', () => {
  const segment = (key: string, name: string, size: number) => ({ key, size, persona: { name } });
  const model = (...segments: object[]) => ({ segments }) as never;
  const standing = [
    { name: 'Overdue', question: 'Who is overdue?' },
    { name: 'Lapsed', question: 'Who lapsed?' },
  ];

  test('are four of what there is, the largest segments first', () => {
    const prompts = promptsFor({
      model: model(segment('b', 'Small', 1), segment('c', 'Also big', 9), segment('a', 'Big', 9)),
      standing,
      hasMoves: true,
    });
    expect(prompts.map(({ message }) => message)).toEqual([
      'Who is overdue?',
      'What moved since the last refresh, and does it matter?',
      'Tell me about the segment Big.',
      'How do Big and Also big differ? Compare them.',
    ]);
    const few = promptsFor({ model: model(segment('a', 'Big', 9)), standing: [], hasMoves: false });
    expect(few.map(({ title }) => title)).toEqual(['All segments', 'Big', 'How things stand']);
  });

  test('without segments is what to do first', () => {
    expect(promptsFor({ model: undefined, standing: [], hasMoves: false })).toHaveLength(1);
  });

  test('fits into Slack whatever segments are called', () => {
    const name = '<!channel> *x* <https://a.example|b>\n'.repeat(40);
    const prompts = promptsFor({ model: model(segment('a', name, 1)), standing, hasMoves: true });
    const blocks = helpBlocks(prompts);
    expect(checkMessage({ text: 'Ask', blocks })).toEqual([]);
    expect(JSON.stringify(blocks)).not.toMatch(/<[!@#h]/);
    for (const { title } of prompts) expect(title.length).toBeLessThanOrEqual(60);
  });
});

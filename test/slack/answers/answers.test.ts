import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answerQuestion } from '../../../src/agent/answer/answer.ts';
import { standingFilter } from '../../../src/segmentation/audiences/standing/questions.ts';
import { answerExtras, extraBlocks } from '../../../src/slack/views/answer-extras.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import type { Message } from '../../support/slack/types.ts';
import { type Answering, answering, buttonsOf, windowOf, wordsIn } from './answering.ts';

let shop: LivedShop;
let here: Answering;
let now = new Date('2026-11-22T12:00:00Z');

beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
  await shop.refresh(1);
  here = await answering(shop, { now: () => now });
}, 60_000);
afterAll(async () => {
  await here.close();
  await shop.close();
});
beforeEach(async () => {
  const { fake } = here;
  for (const user of Object.values(fake.users))
    for (const view of fake.views(user)) await fake.dismiss(user, view);
  here.troubles.length = 0;
  now = new Date(now.getTime() + 3_600_000);
});

/** An answer as it stands in a channel, with what is under it. */
async function answered(
  question: string,
  asker = here.fake.users.cleo,
): Promise<Message & { reply: number }> {
  const { slack, fake } = here;
  const person = slack.config.people.find(({ id }) => id === asker)!;
  const actor = `${person.name} (${asker})`;
  const answer = await answerQuestion({
    context: await slack.toolsOf({ id: asker, actor, role: person.role }),
    access: null,
    question,
    thread: null,
    surface: 'slack',
  });
  const extras = answerExtras(answer, { question, role: person.role });
  const { ts } = await slack.client.chat.postMessage({
    channel: fake.channels.marketing,
    text: answer.text,
    blocks: extraBlocks(extras, null),
  });
  return { ...(await fake.waitFor(fake.channels.marketing, each => each.ts === ts)), reply: answer.reply! };
}

/** What one person alone is told in the channel after it was pressed. */
async function toldAlone(user: string, press: () => Promise<unknown>): Promise<Message> {
  const { fake } = here;
  const before = new Set(fake.allMessages(fake.channels.marketing).map(({ ts }) => ts));
  await press();
  return fake.waitFor(fake.channels.marketing, ({ ts, ephemeral }) => ephemeral === user && !before.has(ts));
}

const pressed = (user: string, message: Message, text: string) => {
  const { action, value } = buttonsOf(message).find(button => button.text === text)!;
  return here.fake.press(user, message, action, value);
};

describe('Show the evidence', () => {
  it('tells what was looked up and the figures that came back, to anybody who may ask', async () => {
    const { fake } = here;
    const message = await answered('which segments are there?');
    await pressed(fake.users.ben, message, 'Show the evidence');
    const window = await windowOf(fake, fake.users.ben, /Asked/);
    expect(wordsIn(window)).toContain('which segments are there?');
    expect(wordsIn(window)).toContain('*List the segments*');
    const model = (await shop.context.state.models.current())!;
    const [{ key, persona, size }] = model.segments as [(typeof model.segments)[0]];
    expect(wordsIn(window)).toContain(`*${persona.name}*: customers ${size}`);
    expect(wordsIn(window)).not.toContain(key);
  });

  it('tells the same after a restart, from the reply that was kept', async () => {
    const { fake } = here;
    const message = await answered('which segments are there?');
    const again = await answering(shop);
    try {
      const id = again.fake.users.ana;
      const { ts } = await again.slack.client.chat.postMessage({
        channel: again.fake.channels.marketing,
        text: message.text,
        blocks: message.blocks as never,
      });
      const shown = await again.fake.waitFor(again.fake.channels.marketing, each => each.ts === ts);
      await again.fake.press(id, shown, 'answer_evidence');
      const window = await windowOf(again.fake, id, /Asked/);
      expect(wordsIn(window)).toContain('*List the segments*');
    } finally {
      await again.close();
    }
    expect(fake.views(fake.users.ana)).toEqual([]);
  });

  it('keeps from others what their role may not look up', async () => {
    const { fake, slack } = here;
    const id = await shop.context.state.replies.record({
      at: now.toISOString(),
      actor: 'somebody else',
      surface: 'slack',
      thread: null,
      purpose: 'answer',
      question: 'What if visits counted more?',
      text: 'Not much.',
      author: 'model',
      sources: [],
      calls: [{ name: 'what_if', input: { k: 4 }, output: null }],
      answer: null,
    });
    const { ts } = await slack.client.chat.postMessage({
      channel: fake.channels.marketing,
      text: 'Not much.',
      blocks: answerExtras(
        {
          calls: [{ name: 'what_if', input: {}, output: null, error: 'No.' }],
          reply: id,
          sources: [],
          author: 'model',
        },
        { question: '', role: 'viewer' },
      ).ending,
    });
    const message = await fake.waitFor(fake.channels.marketing, each => each.ts === ts);
    await pressed(fake.users.ben, message, 'Show the evidence');
    expect(wordsIn(await windowOf(fake, fake.users.ben, /What if visits/))).toContain('not shown to you');
    await pressed(fake.users.cleo, message, 'Show the evidence');
    expect(wordsIn(await windowOf(fake, fake.users.cleo, /What if visits/))).toContain('Try another recipe');
  });

  it('says where a reply is kept no longer', async () => {
    const { fake, slack } = here;
    const { ts } = await slack.client.chat.postMessage({
      channel: fake.channels.marketing,
      text: 'Old',
      blocks: answerExtras(
        {
          calls: [{ name: 'show_moves', input: {}, output: {}, error: null }],
          reply: 987_654,
          sources: [],
          author: 'model',
        },
        { question: '', role: 'viewer' },
      ).ending,
    });
    const message = await fake.waitFor(fake.channels.marketing, each => each.ts === ts);
    await pressed(fake.users.ana, message, 'Show the evidence');
    expect(wordsIn(await windowOf(fake, fake.users.ana, /kept no longer/))).toContain('Ask again');
  });
});

describe('from a card', () => {
  it('shows customers like these as an audience, and the figures of the segment', async () => {
    const { fake } = here;
    const model = (await shop.context.state.models.current())!;
    const { name } = model.segments[0]!.persona;
    const card = await answered(`tell me about the segment ${name}`);
    const told = await toldAlone(fake.users.cleo, () =>
      pressed(fake.users.cleo, card, 'Show customers like these'),
    );
    expect(wordsIn(told)).toContain('*Customers*');
    expect(buttonsOf(told).map(({ text }) => text)).toEqual(['Export for me']);
    await pressed(fake.users.ben, card, 'Show the evidence');
    expect(wordsIn(await windowOf(fake, fake.users.ben, /Show a segment/))).toContain(name);
  });

  it('turns away whom Kindred does not know', async () => {
    const { fake } = here;
    const card = await answered('which segments are there?');
    const dora = fake.addUser('dora');
    const told = await toldAlone(dora, () => pressed(dora, card, 'Show the evidence'));
    expect(wordsIn(told)).toContain('does not know you');
    expect(fake.views(dora)).toEqual([]);
  });
});

describe('Export for me', () => {
  const overdue = 'who is overdue for an order?';
  const audit = async (action: string) =>
    (await shop.context.state.audit.list([action])).map(({ details }) => details);

  async function confirmed(user: string, message: Message) {
    await pressed(user, message, 'Export for me');
    return windowOf(here.fake, user, /This makes a file/);
  }

  it('sends a file to one person alone, after saying how many people it holds, and leaves nothing behind', async () => {
    const { fake } = here;
    const { cleo } = fake.users;
    const message = await answered(overdue);
    const handle = buttonsOf(message).find(({ text }) => text === 'Export for me')!.value!;
    const { figures } = await import('../../../src/segmentation/audiences/build-audience.ts').then(
      ({ showAudience }) => showAudience(shop.context, handle),
    );
    const window = await confirmed(cleo, message);
    expect(wordsIn(window)).toContain(`*${figures.customers} people*`);
    expect(wordsIn(window)).toContain('*personal data*');
    const files = fake.files().length;
    await fake.submit(cleo, window);
    await windowOf(fake, cleo, /Sent/);
    const file = fake.files().at(-1)!;
    expect(fake.files()).toHaveLength(files + 1);
    expect(file.shared.map(({ channel }) => channel)).toEqual([fake.dm(cleo)]);
    const [head, ...rows] = file.bytes!.toString().trim().split('\n');
    expect(head).toMatch(/^customer_id,email,/);
    expect(rows.length).toBeGreaterThanOrEqual(figures.customers);
    expect(readdirSync(here.tempDir)).toEqual([]);
    expect((await audit('audience.exported')).at(-1)).toMatchObject({ rows: rows.length });
    expect((await audit('audience.sent')).at(-1)).toMatchObject({
      by: 'slack',
      to: cleo,
      askedIn: fake.channels.marketing,
    });
    expect(here.troubles).toEqual([]);
  });

  it('gives one file for two presses within a moment, and another one later', async () => {
    const { fake } = here;
    const { cleo } = fake.users;
    const message = await answered(overdue);
    const files = fake.files().length;
    const window = await confirmed(cleo, message);
    await Promise.all([fake.submit(cleo, window), fake.submit(cleo, window)]);
    await windowOf(fake, cleo, /Sent/);
    await fake.submit(cleo, await confirmed(cleo, message));
    await windowOf(fake, cleo, /a moment ago/);
    expect(fake.files()).toHaveLength(files + 1);
    now = new Date(now.getTime() + 61_000);
    await fake.submit(cleo, await confirmed(cleo, message));
    await fake.until(() => fake.files().length === files + 2);
  });

  it('gives none to those who only read, whatever they press', async () => {
    const { fake } = here;
    const message = await answered(overdue);
    const told = await toldAlone(fake.users.ben, () => pressed(fake.users.ben, message, 'Export for me'));
    expect(wordsIn(told)).toContain('into KINDRED_SLACK_ANALYSTS.');
    expect(fake.views(fake.users.ben).some(view => wordsIn(view).includes('people'))).toBe(false);
  });

  it('says where an audience was removed since', async () => {
    const { fake } = here;
    const message = await answered(overdue);
    const handle = buttonsOf(message).find(({ text }) => text === 'Export for me')!.value!;
    await shop.context.state.audiences.remove(handle, { at: now.toISOString(), actor: 'test' });
    await pressed(fake.users.ana, message, 'Export for me');
    expect(wordsIn(await windowOf(fake, fake.users.ana, /removed since/))).toContain(
      'Ask the question again',
    );
  });

  it('says where nobody is in it', async () => {
    const { fake, slack } = here;
    const { ana } = fake.users;
    const { filter } = await standingFilter(shop.context, 'overdue');
    await shop.context.state.audiences.save({
      handle: 'a-00000000',
      name: 'Nobody',
      filter: { all: [filter, { not: filter }] },
      createdAt: now.toISOString(),
      createdBy: 'test',
    });
    const { ts } = await slack.client.chat.postMessage({
      channel: fake.channels.marketing,
      text: 'x',
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'audience_export',
              text: { type: 'plain_text', text: 'Export for me' },
              value: 'a-00000000',
            },
          ],
        },
      ],
    });
    const message = await fake.waitFor(fake.channels.marketing, each => each.ts === ts);
    await pressed(ana, message, 'Export for me');
    const window = await windowOf(fake, ana, /Nobody is in it/);
    expect(window.submit).toBeUndefined();
  });

  it('says what went wrong where Slack takes no file, and leaves nothing behind', async () => {
    const { fake } = here;
    const { ana } = fake.users;
    const message = await answered(overdue, ana);
    const window = await confirmed(ana, message);
    fake.fail('files.getUploadURLExternal', { error: 'missing_scope', times: 1 });
    await fake.submit(ana, window);
    expect(wordsIn(await windowOf(fake, ana, /lacks a scope/))).toContain('slack/manifest.json');
    expect(readdirSync(here.tempDir)).toEqual([]);
  });
});

describe('feedback', () => {
  const verdicts = async (reply: number) =>
    (await shop.context.state.replies.judged()).find(({ id }) => id === reply)?.verdicts ?? [];

  it('keeps a good verdict with thanks to whoever gave it, and the last one where it changes', async () => {
    const { fake } = here;
    const { ben } = fake.users;
    const message = await answered('which segments are there?');
    const { reply } = message;
    const told = await toldAlone(ben, () => fake.press(ben, message, 'answer_feedback', `good r-${reply}`));
    expect(wordsIn(told)).toContain('Thank you');
    expect(await verdicts(reply)).toMatchObject([{ verdict: 'good', comment: null }]);
    await fake.press(ben, message, 'answer_feedback', `bad r-${reply}`);
    await windowOf(fake, ben, /Noted as a bad answer/);
    expect(await verdicts(reply)).toMatchObject([{ verdict: 'bad', comment: null }]);
  });

  it('asks what was wrong, and keeps it without addresses', async () => {
    const { fake } = here;
    const { ben } = fake.users;
    const message = await answered('which segments are there?');
    const { reply } = message;
    await fake.press(ben, message, 'answer_feedback', `bad r-${reply}`);
    const window = await windowOf(fake, ben, /Noted as a bad answer/);
    await fake.submit(ben, window, { comment: 'It left out jane.doe@example.com.' });
    await windowOf(fake, ben, /Thank you/);
    const [verdict] = await verdicts(reply);
    expect(verdict).toMatchObject({ verdict: 'bad', actor: `Ben (${ben})` });
    expect(verdict!.comment).toContain('It left out');
    expect(verdict!.comment).not.toContain('jane.doe');
  });

  it('keeps a bad verdict also where Slack opens no window any more', async () => {
    const { fake } = here;
    const { cleo } = fake.users;
    const message = await answered('which segments are there?');
    fake.fail('views.open', { error: 'expired_trigger_id', times: 1 });
    const told = await toldAlone(cleo, () =>
      fake.press(cleo, message, 'answer_feedback', `bad r-${message.reply}`),
    );
    expect(wordsIn(told)).toContain('Press the button once more');
    await fake.settled();
    expect(await verdicts(message.reply)).toMatchObject([{ verdict: 'bad', comment: null }]);
  });

  it('says where the answer is kept no longer', async () => {
    const { fake, slack } = here;
    const { ts } = await slack.client.chat.postMessage({
      channel: fake.channels.marketing,
      text: 'Old',
      blocks: answerExtras(
        { calls: [], reply: 987_654, sources: [], author: 'model' },
        { question: '', role: 'viewer' },
      ).ending,
    });
    const message = await fake.waitFor(fake.channels.marketing, each => each.ts === ts);
    const told = await toldAlone(fake.users.ana, () =>
      fake.press(fake.users.ana, message, 'answer_feedback', 'good r-987654'),
    );
    expect(wordsIn(told)).toContain('There is no reply r-987654');
  });
});

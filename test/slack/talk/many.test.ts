import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { text, toolUse } from '../../support/scripted-model.ts';
import type { Call } from '../../support/slack/types.ts';
import { askedLast, talking, wordsOf } from './harness.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
}, 60_000);
afterAll(() => shop.close());

/** A question that no other one is, in letters: a figure would be held against results. */
const name = (i: number) => `${'abcdefghijklmnopqrst'[i % 20]}${'abcdefghij'[Math.floor(i / 20)]}`;

describe('two hundred questions of twenty people in sixty threads', () => {
  test('are all answered, each its own, once, and in the order of their thread, also within Slack’s limits of rate', async () => {
    let atOnce = 0;
    let most = 0;
    const on = await talking(shop, {
      async reply(request, i) {
        // Some look something up before they are answered.
        if (i % 3 === 0 && /question [a-g]/.test(askedLast(request))) return toolUse('list_features', {});
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise(resolve => setImmediate(resolve));
        atOnce -= 1;
        const last = lastQuestion(request.messages);
        return text(`This answers ${last}.`);
      },
      limits: true,
      config: { others: 'viewer' },
      atOnce: 8,
    });
    const { fake } = on;
    const people = Array.from({ length: 20 }, (_, i) => fake.addUser(`person${i}`));
    const asked: { channel: string; thread: string; ts: string; question: string }[] = [];
    // Three threads each: two in direct messages, one in the channel.
    await Promise.all(
      people.map(async (person, p) => {
        const roots: { channel: string; ts: string | undefined }[] = [
          { channel: fake.dm(person), ts: undefined },
          { channel: fake.dm(person), ts: undefined },
          { channel: fake.channels.marketing, ts: undefined },
        ];
        for (let q = 0; q < 10; q++) {
          const root = roots[q % 3]!;
          const question = `question ${name(p + 20 * q)}`;
          const options = root.ts === undefined ? {} : { thread: root.ts };
          const words = `Please answer ${question}`;
          const message =
            root.channel === fake.channels.marketing
              ? await fake.mention(person, root.channel, words, options)
              : await fake.post(person, root.channel, words, options);
          root.ts ??= message.ts;
          asked.push({ channel: root.channel, thread: root.ts, ts: message.ts, question });
        }
      }),
    );
    const answersIn = (channel: string, thread: string) =>
      fake.messages(channel, thread).filter(({ user, ts }) => user === fake.botUser && ts !== thread);
    const threads = [...new Map(asked.map(each => [`${each.channel} ${each.thread}`, each])).values()];
    const all = () => threads.flatMap(({ channel, thread }) => answersIn(channel, thread));
    const isTold = ({ method, ok }: Call) => ok && /postMessage|stopStream/.test(method);
    // Looked at now and then: at each of thousands of changes it would take longer than the answers.
    const told = () => fake.calls().filter(isTold).length >= asked.length;
    await vi.waitUntil(told, { timeout: 100_000, interval: 100 });
    expect(asked).toHaveLength(200);
    expect(threads).toHaveLength(60);
    expect(all()).toHaveLength(200);
    for (const { channel, thread } of threads) {
      const questions = asked
        .filter(each => each.channel === channel && each.thread === thread)
        .sort((a, b) => Number(a.ts) - Number(b.ts));
      expect(answersIn(channel, thread).map(wordsOf)).toEqual(
        questions.map(({ question }) => `This answers ${question}.`),
      );
    }
    expect(most).toBeLessThanOrEqual(8);
    expect(on.logged.filter(({ level }) => level === 'error')).toEqual([]);
    await on.close();
  }, 120_000);
});

type Messages = Parameters<typeof askedLast>[0]['messages'];

/** The last one that a person asked, results of tools left out. */
function lastQuestion(messages: Messages): string {
  const texts = messages.flatMap(({ role, content }) =>
    role === 'user' && typeof content !== 'string' ? content.flatMap(({ text: words }) => words ?? []) : [],
  );
  return texts.findLast(words => words.startsWith('Please answer'))!.replace('Please answer ', '');
}

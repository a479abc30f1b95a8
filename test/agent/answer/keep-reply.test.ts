import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asked, answerQuestion } from '../../../src/agent/answer/answer.ts';
import { judgeReply } from '../../../src/agent/answer/judge-reply.ts';
import { keepReply, type Unkept } from '../../../src/agent/answer/keep-reply.ts';
import type { ToolContext } from '../../../src/tools/tool.ts';
import {
  failure,
  type ScriptedReply,
  startScriptedModel,
  text,
  toolUse,
} from '../../support/scripted-model.ts';
import { type SegmentedShop, segmentedShop } from './segmented-shop.ts';

let shop: SegmentedShop;
let context: ToolContext;
beforeAll(async () => {
  shop = await segmentedShop();
  context = shop.context;
}, 120_000);
afterAll(() => shop.close());

async function ask(replies: ScriptedReply[] | null, changes: Partial<Asked> = {}) {
  await using model = await startScriptedModel(replies ?? []);
  const result = await answerQuestion({
    context,
    access: replies === null ? null : model.access(),
    question: 'Which segments are there? I am ada@shop.example.',
    thread: null,
    surface: 'slack',
    ...changes,
  });
  const kept = result.reply === null ? undefined : await context.state.replies.get(result.reply);
  return { result, kept };
}

describe('every answer is kept with what it rests on', () => {
  test('one of a model, with the row of what it took', async () => {
    const said = 'There are some.\n\n**Next:** `kindred segments`.';
    const { result, kept } = await ask([toolUse('list_segments', {}), text(said)]);
    const [call] = result.calls;
    expect(kept).toEqual({
      id: result.reply,
      at: '2026-11-02T09:00:00.000Z',
      actor: 'ada',
      surface: 'slack',
      thread: result.thread,
      purpose: 'answer',
      question: 'Which segments are there? I am (an e-mail address).',
      text: said,
      author: 'model',
      sources: result.sources,
      calls: [{ name: 'list_segments', input: {}, output: call!.output }],
      answer: expect.any(Number),
    });
    const [first] = (await ask([text('No more.')])).kept!.calls;
    expect(first).toBeUndefined();
  });

  test('one without a model, in the thread that it was asked in', async () => {
    const { result, kept } = await ask(null, { question: 'Show all segments', thread: 'slack:C1:1.1' });
    expect(result.thread).toBeNull();
    expect(kept).toMatchObject({
      thread: 'slack:C1:1.1',
      text: result.text,
      author: 'deterministic',
      answer: null,
    });
    expect(kept!.calls.map(({ name }) => name)).toContain('list_segments');
  });

  test('one that stands in for a model that does not answer', async () => {
    const { result, kept } = await ask([failure(401), failure(401)]);
    expect(kept).toMatchObject({ text: result.text, author: 'deterministic', answer: expect.any(Number) });
  });

  test('but none that was taken back', async () => {
    const stopped = new AbortController();
    const { result } = await ask([toolUse('list_segments', {}), text('Late.')], {
      signal: stopped.signal,
      onEvent: () => stopped.abort(),
    });
    expect(result).toMatchObject({ stop: 'cancelled', reply: null });
  });

  test('one that cannot be kept is given all the same', async () => {
    const full = { record: () => Promise.reject(new Error('disk full')) };
    const replies = { ...context.state.replies, ...full };
    const { result } = await ask(null, { context: { ...context, state: { ...context.state, replies } } });
    expect(result.reply).toBeNull();
    expect(result.text).toContain('customers');
  });
});

test('outputs are kept whole or not at all, and what was left out is said', async () => {
  const output = (length: number) => ({ text: 'x'.repeat(length - '{"text":""}'.length) });
  const lengths = [20_000, 20_001, 20_000, 20_000, 20_000, 15_000, 10_000, 5000];
  const unkept: Unkept = {
    text: 'Long.',
    thread: null,
    author: 'model',
    sources: [],
    unsupported: [],
    stop: 'answered',
    usage: null,
    answer: null,
    calls: [
      ...lengths.map(length => ({ name: 'show_chart', input: {}, output: output(length), error: null })),
      { name: 'show_moves', input: { n: 1 }, output: null, error: 'There is none.' },
    ],
  };
  const asked: Asked = { context, access: null, question: 'How?', thread: null, surface: 'cli' };
  const { reply, calls } = await keepReply(asked, unkept);
  expect(calls).toBe(unkept.calls);
  const kept = (await context.state.replies.get(reply!))!.calls;
  expect(kept.map(call => call.cutFrom ?? 'whole')).toEqual([
    'whole',
    20_001,
    'whole',
    'whole',
    'whole',
    'whole',
    10_000,
    'whole',
    'whole',
  ]);
  expect(kept.map(({ output }) => output !== null)).toEqual([
    ...lengths.map((_, i) => i !== 1 && i !== 6),
    false,
  ]);
  expect(kept.at(-1)).toEqual({ name: 'show_moves', input: { n: 1 }, output: null });
});

describe('a verdict', () => {
  test('is kept with its comment, without addresses and links', async () => {
    const { reply } = (await ask(null)).result;
    const verdict = { reply: reply!, actor: 'Bob', verdict: 'bad' as const };
    await judgeReply(context, {
      ...verdict,
      comment: ' Ask eve@shop.example, or <https://evil.example|me>. ',
    });
    const last = async () => (await context.state.replies.judged()).at(-1)!.verdicts;
    expect(await last()).toEqual([
      {
        actor: 'Bob',
        verdict: 'bad',
        comment: 'Ask (an e-mail address), or me.',
        at: '2026-11-02T09:00:00.000Z',
      },
    ]);
    await judgeReply(context, { ...verdict, verdict: 'good', comment: '  ' });
    expect(await last()).toMatchObject([{ verdict: 'good', comment: null }]);
  });

  test('on nothing, and one that is a letter, are refused', async () => {
    const verdict = { actor: 'Bob', verdict: 'bad' as const };
    await expect(judgeReply(context, { ...verdict, reply: 999, comment: null })).rejects.toMatchObject({
      mender: 'asker',
      message: 'There is no reply r-999.',
    });
    const { reply } = (await ask(null)).result;
    const letter = { ...verdict, reply: reply!, comment: 'x'.repeat(1001) };
    await expect(judgeReply(context, letter)).rejects.toThrow('longer than 1,000 characters');
  });
});

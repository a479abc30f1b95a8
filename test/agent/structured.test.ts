import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Prompt } from '../../src/agent/prompts.ts';
import { askFor } from '../../src/agent/structured.ts';
import {
  failure,
  type ScriptedModel,
  type ScriptedReply,
  startScriptedModel,
  text,
} from '../support/scripted-model.ts';
import { keptAnswers, storeless } from './parts.ts';

const prompt: Prompt = {
  id: 'naming',
  version: '7',
  purpose: 'Counts.',
  limits: { maxTokens: 500, attempts: 2 },
  text: 'Count what you are told.',
};
const schema = z.object({ count: z.number().max(100), of: z.string() });

let model: ScriptedModel;
afterEach(() => model.stop());

async function ask(
  replies: readonly ScriptedReply[] | ((request: unknown) => ScriptedReply),
  more: { access?: Parameters<ScriptedModel['access']>[0]; signal?: AbortSignal } = {},
) {
  model = await startScriptedModel(replies);
  const kept = keptAnswers();
  const asking = askFor({
    context: { ...storeless(), state: kept as never, signal: more.signal },
    access: model.access(more.access),
    surface: 'cli',
    purpose: 'naming',
    prompt,
    data: 'Three pears.',
    schema,
    check: ({ count }) => (count === 3 ? [] : [`${count} is not 3.`]),
  });
  return { asking, rows: kept.rows };
}

const unusable = (reasons: string) => `What the model wrote could not be used: ${reasons}`;
const good = text('{"count":3,"of":"pears"}');

describe('askFor', () => {
  test('sends the prompt as system and the data as the user, streamed, and meters it', async () => {
    const { asking, rows } = await ask([good]);
    const asked = await asking;
    expect(asked).toMatchObject({ kind: 'answered', value: { count: 3, of: 'pears' } });
    const [request] = model.requests;
    expect(request).toMatchObject({
      max_tokens: 500,
      stream: true,
      messages: [{ role: 'user', content: 'Three pears.' }],
    });
    expect(rows).toEqual([asked.answer]);
    expect(rows[0]).toMatchObject({ outcome: 'answered', promptVersion: '7', turns: 1, purpose: 'naming' });
    expect(rows[0]!.inputTokens).toBeGreaterThan(0);
  });

  test('holds an official endpoint to the schema, and tells it to others in words', async () => {
    await (await ask([good], { access: { official: true } })).asking;
    expect(model.requests[0]!.system).toBe(prompt.text);
    expect(model.requests[0]!.output_config).toMatchObject({
      format: { type: 'json_schema', schema: { type: 'object', required: ['count', 'of'] } },
    });
    await model.stop();
    await (await ask([good])).asking;
    expect(model.requests[0]!.output_config).toBeUndefined();
    expect(model.requests[0]!.system).toMatch(/^Count what you are told\.\n\n.*"count"/s);
  });

  test('reads the object also where words or a code fence stand around it', async () => {
    const { asking } = await ask([text('Here you are:\n```json\n{"count":3,"of":"pears"}\n```\nDone.')]);
    expect(await asking).toMatchObject({ kind: 'answered', value: { count: 3 } });
  });

  test.each([
    ['is refused', text('{"count":4,"of":"pears"}'), '- 4 is not 3.'],
    ['breaks the schema', text('{"count":101,"of":"pears"}'), '- count: '],
    ['is no JSON', text('Three.'), '- It is not one JSON object.'],
    ['is empty', { content: [] }, '- It is not one JSON object.'],
    ['is cut off', { content: [text('{"count":3,')], stopReason: 'max_tokens' as const }, '- It was cut off'],
    [
      'pauses',
      { content: [text('{"coun')], stopReason: 'pause_turn' as const },
      '- It is not one JSON object.',
    ],
  ])('sends back once, with the reasons, what %s', async (_, bad, reason) => {
    const { asking, rows } = await ask([bad, good]);
    expect(await asking).toMatchObject({ kind: 'answered', value: { count: 3, of: 'pears' } });
    const back = model.requests[1]!.messages;
    expect(back).toHaveLength(3);
    expect(back[2]!.content).toContain(reason);
    expect(rows[0]).toMatchObject({ outcome: 'answered', turns: 2 });
  });

  test('gives up after the attempts of the prompt, and hands over what kept to the schema', async () => {
    const { asking, rows } = await ask([text('{"count":4,"of":"pears"}'), text('{"count":5,"of":"pears"}')]);
    const asked = await asking;
    expect(asked).toMatchObject({ kind: 'refused', why: unusable('5 is not 3.'), last: { count: 5 } });
    expect(model.requests).toHaveLength(2);
    expect(rows).toMatchObject([
      { outcome: 'fallback', turns: 2, details: { why: unusable('5 is not 3.') } },
    ]);
  });

  test('keeps an earlier answer where the last one is none', async () => {
    const { asking } = await ask([text('{"count":4,"of":"pears"}'), text('Sorry.')]);
    expect(await asking).toMatchObject({ kind: 'refused', last: { count: 4 } });
  });

  test.each([
    ['refusal', /declined/, 'refused'],
    ['model_context_window_exceeded', /more than the model can read/, 'fallback'],
  ] as const)('does not ask again after %s', async (stopReason, why, outcome) => {
    const { asking, rows } = await ask([{ content: [], stopReason }]);
    expect(await asking).toMatchObject({ kind: 'refused', why: expect.stringMatching(why), last: null });
    expect(rows).toMatchObject([{ outcome, turns: 1 }]);
  });

  test('a request that the service finds too long is told as that', async () => {
    const { asking, rows } = await ask([failure(400, { message: 'prompt is too long: 250000 tokens' })]);
    expect(await asking).toMatchObject({
      kind: 'refused',
      why: expect.stringMatching(/can read/),
      last: null,
    });
    expect(rows).toMatchObject([{ outcome: 'fallback' }]);
  });

  test('asks nothing where a cap leaves no room, and says which', async () => {
    const limits = { turns: 20, tokens: 600, cost: 1, dayCost: 1 };
    const { asking, rows } = await ask([good], { access: { limits } });
    expect(await asking).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(/^The model was not asked further: .*KINDRED_ANSWER_TOKENS/),
      last: null,
    });
    expect(model.requests).toHaveLength(0);
    expect(rows).toMatchObject([{ outcome: 'limit', turns: 0 }]);
  });

  test('does not try again past a cap, but hands over what was said before it', async () => {
    const limits = { turns: 1, tokens: 1e6, cost: 1, dayCost: 1 };
    const { asking, rows } = await ask([text('{"count":4,"of":"pears"}')], { access: { limits } });
    expect(await asking).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(/4 is not 3\..*not asked further/),
      last: { count: 4 },
    });
    expect(rows).toMatchObject([{ outcome: 'limit', turns: 1 }]);
  });

  test.each([
    ['a wrong key', failure(401), /does not accept the key.*Set ANTHROPIC_API_KEY/],
    ['an unknown model', failure(404), /does not know the model.*KINDRED_MODEL/],
    ['an overloaded service', failure(529), /overloaded.*Ask again/],
    ['a line that breaks', { content: [good], breaks: { after: 3, how: 'cut' as const } }, /broke off/],
  ])('tells %s as what it is and what to do, and leaves a row', async (_, reply, why) => {
    const { asking, rows } = await ask([reply]);
    expect(await asking).toMatchObject({ kind: 'failed', why: expect.stringMatching(why), last: null });
    expect(rows).toMatchObject([{ outcome: 'failed', details: { why: expect.stringMatching(why) } }]);
  });

  test('hands over what was said before the service failed', async () => {
    const { asking, rows } = await ask([text('{"count":4,"of":"pears"}'), failure(529)]);
    expect(await asking).toMatchObject({
      kind: 'failed',
      why: expect.stringMatching(/4 is not 3\..*overloaded/),
      last: { count: 4 },
    });
    expect(rows).toMatchObject([{ outcome: 'failed', turns: 1 }]);
  });

  test('counts what broke off, and estimates what a server does not tell, so that caps hold', async () => {
    const broken = await ask([{ content: [good], breaks: { after: 3, how: 'cut' } }]);
    await broken.asking;
    expect(broken.rows).toMatchObject([{ outcome: 'failed', turns: 1 }]);
    expect(broken.rows[0]!.inputTokens).toBeGreaterThan(0);
    await model.stop();
    const silent = await ask([{ content: [good], usage: { input_tokens: 0, output_tokens: 0 } }]);
    await silent.asking;
    expect(silent.rows[0]!.inputTokens).toBeGreaterThan(0);
    expect(silent.rows[0]!.outputTokens).toBeGreaterThan(0);
  });

  test('a defect of ours is no failure of the service', async () => {
    model = await startScriptedModel([good]);
    const kept = keptAnswers();
    const asking = askFor({
      context: { ...storeless(), state: kept as never },
      access: model.access(),
      surface: 'cli',
      purpose: 'naming',
      prompt,
      data: 'Three pears.',
      schema,
      check: () => {
        throw new TypeError('no such thing');
      },
    });
    await expect(asking).rejects.toThrow(TypeError);
    expect(kept.rows).toMatchObject([{ outcome: 'failed', turns: 1 }]);
  });

  test('ends at once where the asker gives up', async () => {
    const given = new AbortController();
    const { asking, rows } = await ask(
      () => {
        given.abort(new Error('gone'));
        return 'silence';
      },
      { signal: given.signal },
    );
    await expect(asking).rejects.toThrow('gone');
    expect(rows).toMatchObject([{ outcome: 'cancelled' }]);
  });
});

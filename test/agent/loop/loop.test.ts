import { afterEach, expect, test } from 'vitest';
import { type LoopEvent, type LoopOptions, runLoop } from '../../../src/agent/loop/loop.ts';
import type { ModelAccess } from '../../../src/agent/model/access.ts';
import { InputError, OperatorError, UpstreamError } from '../../../src/errors.ts';
import type { Message } from '../../../src/state/conversations.ts';
import { createTurns } from '../../../src/turns.ts';
import {
  failure,
  type ScriptedModel,
  type ScriptedReply,
  type ScriptedRequest,
  startScriptedModel,
  text,
  toolUse,
} from '../../support/scripted-model.ts';
import { madeTool, meterOf, storeless } from '../parts.ts';

const question: Message[] = [{ role: 'user', content: [{ type: 'text', text: 'Who lapsed?' }] }];
const look = madeTool('look', async (_context, { what }) => ({ found: what }));

let model: ScriptedModel | undefined;
afterEach(() => model?.stop());

type Script = Parameters<typeof startScriptedModel>[0];

async function asked(script: Script, changes: Partial<LoopOptions> = {}, of: Partial<ModelAccess> = {}) {
  model = await startScriptedModel(script);
  const access = model.access(of);
  const events: LoopEvent[] = [];
  const meter = meterOf(access);
  const result = await runLoop({
    context: storeless(),
    access,
    system: 'You answer.',
    messages: question,
    meter,
    maxTokens: 500,
    registry: [look],
    onEvent: event => events.push(event),
    ...changes,
  });
  return { result, events, meter, requests: model.requests };
}

const told = (events: readonly LoopEvent[]) =>
  events.map(event => (event.kind === 'text' ? event.text : event.kind)).join(' ');
const results = ({ messages }: ScriptedRequest) => messages.at(-1)!.content;

test('answers with what tools gave, in the language of the service', async () => {
  const { result, events, requests, meter } = await asked([
    [text('Let me look.'), toolUse('look', { what: 'lapsed' }, 't1')],
    text('They lapsed.'),
  ]);
  expect(result).toMatchObject({ text: 'They lapsed.', stop: 'answered', why: null });
  expect(result.calls).toEqual([
    { name: 'look', input: { what: 'lapsed' }, output: { found: 'lapsed' }, error: null },
  ]);
  expect(result.messages.map(({ role }) => role)).toEqual(['assistant', 'user', 'assistant']);
  expect(told(events)).toBe('Let me look. tool tool-done They lapsed.');
  expect(requests).toHaveLength(2);
  expect(requests[0]).toMatchObject({
    model: 'scripted-model',
    max_tokens: 500,
    stream: true,
    system: [{ type: 'text', text: 'You answer.' }],
    tools: [{ name: 'look', description: 'What look does.', input_schema: { type: 'object' } }],
  });
  expect(results(requests[1]!)).toEqual([
    { type: 'tool_result', tool_use_id: 't1', content: '{"found":"lapsed"}' },
  ]);
  expect(meter.spent()).toMatchObject({ turns: 2 });
});

test('what was said can be sent again with the next question', async () => {
  const { result } = await asked([[toolUse('look', { what: 'a' })], text('One.')]);
  const next: Message = { role: 'user', content: [{ type: 'text', text: 'And now?' }] };
  const second = await asked([text('Two.')], { messages: [...question, ...result.messages, next] });
  expect(second.result.stop).toBe('answered');
});

test('offers what reads and proposes, and never what writes', async () => {
  const tools = (['read', 'propose', 'write'] as const).map(effect =>
    madeTool(`do_${effect}`, async () => ({}), { effect }),
  );
  const { requests, result } = await asked([[toolUse('do_write', { what: 'x' })], text('No.')], {
    registry: tools,
  });
  expect(requests[0]!.tools!.map(({ name }) => name)).toEqual(['do_read', 'do_propose']);
  expect(result.calls).toEqual([
    { name: 'do_write', input: { what: 'x' }, output: null, error: 'There is no tool do_write.' },
  ]);
});

test('an official service is asked to keep what comes first, and gives room to think; another is not', async () => {
  const script: Script = () => text('Yes.');
  const mark = { type: 'ephemeral' };
  const official = await asked(script, {}, { official: true });
  expect(official.requests[0]).toMatchObject({ cache_control: mark, system: [{ cache_control: mark }] });
  expect(official.requests[0]!.max_tokens).toBeGreaterThan(4000);
  const other = await asked(script);
  expect(JSON.stringify(other.requests)).not.toContain('cache_control');
});

test('goes on without the cache where it is refused', async () => {
  const { result, requests } = await asked(
    request =>
      'cache_control' in request
        ? failure(400, { message: 'cache_control: Extra inputs are not permitted' })
        : text('Yes.'),
    {},
    { official: true },
  );
  expect(result.text).toBe('Yes.');
  expect(requests).toHaveLength(2);
});

test('errors of tools go to the model as words; defects keep what they hold to themselves', async () => {
  const tools = [
    madeTool('wrong', async () => {
      throw new InputError('There is no segment "x".', 'The segments are: a, b.');
    }),
    madeTool('broken', async () => {
      throw new Error('secret of jane@example.com at /srv/data');
    }),
    madeTool('long', async () => ({ words: 'x'.repeat(50_000) })),
  ];
  const { result, requests, events } = await asked(
    [tools.map(({ name }) => toolUse(name, { what: 'x' }, name)), text('I could not.')],
    { registry: tools },
  );
  expect(results(requests[1]!)).toEqual([
    expect.objectContaining({ is_error: true, content: 'There is no segment "x". The segments are: a, b.' }),
    expect.objectContaining({ is_error: true, content: expect.stringContaining('failed through no fault') }),
    expect.objectContaining({ is_error: true, content: expect.stringContaining('too long to be read') }),
  ]);
  expect(result.calls.map(({ output }) => output)).toEqual([null, null, null]);
  expect(JSON.stringify([requests, result])).not.toContain('jane');
  const done = events.filter(event => event.kind === 'tool-done');
  expect(done.map(({ name, ok }) => [name, ok])).toEqual(
    expect.arrayContaining([
      ['wrong', false],
      ['broken', false],
      ['long', false],
    ]),
  );
  expect(done.filter(event => 'defect' in event)).toMatchObject([
    { name: 'broken', defect: expect.any(Error) },
  ]);
});

test('an input that the tool does not take is an error that says so', async () => {
  const { result } = await asked([[toolUse('look', { where: 1 })], text('Sorry.')]);
  expect(result.calls[0]!.error).toMatch(/look: .*what/);
});

test.each<[ScriptedReply, string, string]>([
  [{ content: [text('Done')], stopReason: 'stop_sequence' }, 'answered', 'Done'],
  [{ content: [text('I w')], stopReason: 'refusal' }, 'refused', 'I w'],
  [{ content: [text('So f')], stopReason: 'max_tokens' }, 'cut-off', 'So f'],
  [{ content: [text('So f')], stopReason: 'model_context_window_exceeded' }, 'context-full', 'So f'],
  [failure(400, { message: 'prompt is too long: 210000 tokens > 200000 maximum' }), 'context-full', ''],
  [failure(413), 'context-full', ''],
])('stops for %j as %s', async (reply, stop, said) => {
  const { result } = await asked([reply]);
  expect(result).toMatchObject({ stop, text: said });
  expect(result.why === null).toBe(stop === 'answered');
  if (stop === 'refused') expect(result.messages).toEqual([]);
});

test('a pause is resumed', async () => {
  const { result, requests } = await asked([
    { content: [text('Half')], stopReason: 'pause_turn' },
    text('The rest.'),
  ]);
  expect(result).toMatchObject({ stop: 'answered', text: 'The rest.' });
  expect(requests[1]!.messages.at(-1)!.role).toBe('assistant');
});

test('a call that was cut off is not kept', async () => {
  const { result } = await asked([
    { content: [text('Let me'), toolUse('look', {})], stopReason: 'max_tokens' },
  ]);
  expect(result.stop).toBe('cut-off');
  expect(result.messages).toEqual([
    { role: 'assistant', content: [expect.objectContaining({ type: 'text', text: 'Let me' })] },
  ]);
});

test('a server that calls tools and says that it is done is answered all the same', async () => {
  const { result } = await asked([
    { content: [toolUse('look', { what: 'a' })], stopReason: 'end_turn' },
    text('Here.'),
  ]);
  expect(result).toMatchObject({ text: 'Here.', stop: 'answered', calls: [{ output: { found: 'a' } }] });
});

test('a reply that says nothing is not kept, as no service takes it back', async () => {
  const { result } = await asked([{ content: [] }]);
  expect(result).toMatchObject({ text: '', stop: 'answered', messages: [] });
});

test.each(['cut', 'overloaded'] as const)('a stream that breaks off (%s) is asked for again', async how => {
  const { result, events, requests, meter } = await asked([
    [toolUse('look', { what: 'a' })],
    { content: [text('These words come twice, at first in part.')], breaks: { after: 4, how } },
    text('Whole.'),
  ]);
  expect(result).toMatchObject({ text: 'Whole.', stop: 'answered' });
  expect(result.calls).toHaveLength(1);
  expect(told(events)).toMatch(/^tool tool-done These .* again Whole\.$/);
  expect(requests[2]!.messages).toEqual(requests[1]!.messages);
  expect(meter.spent().turns).toBe(3);
});

test('a stream that keeps breaking off is given up', async () => {
  const broken: ScriptedReply = {
    content: [text('Never more than this.')],
    breaks: { after: 3, how: 'cut' },
  };
  await expect(asked(() => broken)).rejects.toThrow(UpstreamError);
  expect(model!.requests).toHaveLength(3);
});

test('the client tries again where the service is busy', async () => {
  const { result } = await asked(
    [failure(429, { retryAfter: 0.01 }), failure(529, { retryAfter: 0.01 }), text('Now.')],
    {},
    { maxRetries: 2 } as object,
  );
  expect(result.text).toBe('Now.');
});

test.each<[ScriptedReply, typeof UpstreamError | typeof OperatorError, RegExp]>([
  [failure(401), OperatorError, /does not accept the key/],
  [failure(403), OperatorError, /does not let this key use scripted-model/],
  [failure(404, { message: 'model: x' }), OperatorError, /does not know the model scripted-model/],
  [failure(400, { message: 'Your credit balance is too low.' }), OperatorError, /asks for credit/],
  [failure(400, { message: 'tools.0: nonsense' }), UpstreamError, /refuses the request.*nonsense/],
  [failure(429), UpstreamError, /takes no more requests/],
  [failure(529), UpstreamError, /overloaded/],
  [failure(500), UpstreamError, /out of order/],
])('%j becomes an error that says who can mend it', async (reply, kind, words) => {
  const error = await asked([reply]).catch(thrown => thrown);
  expect(error).toBeInstanceOf(kind);
  expect(error.message).toMatch(words);
  expect(error.message).not.toContain('scripted-key');
});

test('caps stop the loop before the request that would pass them', async () => {
  const again: Script = () => [text('More.'), toolUse('look', { what: 'a' })];
  const limits = { turns: 3, tokens: 1e9, cost: 1e6, dayCost: 1e6 };
  const turns = await asked(again, {}, { limits });
  expect(turns.result).toMatchObject({ stop: 'limit', why: expect.stringContaining('KINDRED_ANSWER_TURNS') });
  expect(turns.requests).toHaveLength(3);
  expect(turns.result.calls).toHaveLength(3);
  expect(turns.result.messages.at(-1)!.role).toBe('user');
  const tokens = await asked(again, {}, { limits: { ...limits, turns: 50, tokens: 5000 } });
  expect(tokens.result).toMatchObject({
    stop: 'limit',
    why: expect.stringContaining('KINDRED_ANSWER_TOKENS'),
  });
  const spent = tokens.meter.spent();
  expect(spent.inputTokens + spent.outputTokens).toBeLessThanOrEqual(5000);
  const cost = await asked(again, {}, { limits: { ...limits, turns: 50, cost: 0.02 } });
  expect(cost.result.stop).toBe('limit');
  expect(cost.meter.spent().cost).toBeLessThanOrEqual(0.02);
  expect(cost.meter.spent().turns).toBeGreaterThan(1);
});

test('before the last request that it may make the model is told so', async () => {
  const limits = { turns: 2, tokens: 1e9, cost: 1e6, dayCost: 1e6 };
  const { requests, result } = await asked([[toolUse('look', { what: 'a' })], text('So.')], {}, { limits });
  expect(JSON.stringify(results(requests[1]!))).toContain('No more can be looked up');
  expect(result.stop).toBe('answered');
  // The next answer of the thread may look up again.
  expect(JSON.stringify(result.messages)).toContain('found');
  expect(JSON.stringify(result.messages)).not.toContain('No more can be looked up');
});

test('room to think shrinks with what the caps leave, rather than ending the answer', async () => {
  const limits = { turns: 9, tokens: 1e9, cost: 0.3, dayCost: 1e6 };
  const look = [toolUse('look', { what: 'a' })];
  const { result, requests, meter } = await asked(
    [
      { content: look, usage: { input_tokens: 500, output_tokens: 6000 } },
      { content: look, usage: { input_tokens: 7000, output_tokens: 6000 } },
      { content: [text('So.')], usage: { input_tokens: 14_000, output_tokens: 500 } },
    ],
    {},
    { official: true, limits },
  );
  expect(result).toMatchObject({ text: 'So.', stop: 'answered' });
  expect(result.calls).toHaveLength(2);
  const lengths = requests.map(({ max_tokens }) => max_tokens);
  expect(lengths[0]).toBe(8500);
  expect(lengths[2]).toBeLessThan(8500);
  expect(lengths[2]).toBeGreaterThan(500);
  expect(requests[2]!.messages).toHaveLength(5);
  expect(meter.spent().cost).toBeLessThanOrEqual(limits.cost);
});

test('usage that a server does not tell is estimated, so that caps hold', async () => {
  const usage = { input_tokens: 0, output_tokens: 0 };
  const { meter } = await asked([{ content: [text('A reply of some length.')], usage }]);
  expect(meter.spent().inputTokens).toBeGreaterThan(100);
  expect(meter.spent().outputTokens).toBeGreaterThan(5);
});

test('ends at once where the question is taken back while the model is silent', async () => {
  const asker = new AbortController();
  const { result } = await asked(
    () => {
      setTimeout(() => asker.abort(), 20);
      return 'silence';
    },
    { signal: asker.signal },
  );
  expect(result).toMatchObject({ stop: 'cancelled', messages: [], calls: [] });
});

test('ends inside a tool: it hears of it, and the model is asked nothing more', async () => {
  const asker = new AbortController();
  let stopped = '';
  const slow = madeTool('slow', async ({ progress }) => {
    asker.abort();
    try {
      progress({ stage: 'one more step' });
    } catch (error) {
      stopped = (error as Error).name;
      throw error;
    }
    return {};
  });
  const { result, requests, events } = await asked([[toolUse('slow', { what: 'a' })]], {
    signal: asker.signal,
    registry: [slow],
  });
  expect(stopped).toBe('AbortError');
  expect(result.stop).toBe('cancelled');
  expect(requests).toHaveLength(1);
  expect(events.some(event => 'defect' in event)).toBe(false);
});

test('ends while a tool waits for its turn', async () => {
  const asker = new AbortController();
  const turns = createTurns();
  let letGo = () => {};
  const other = turns.take(
    'something long',
    () =>
      new Promise<void>(resolve => {
        letGo = resolve;
      }),
  );
  let ran = false;
  const waiting = madeTool('waiting', async () => {
    ran = true;
    return {};
  });
  const { result } = await asked([[toolUse('waiting', { what: 'a' })]], {
    context: { ...storeless(), turn: (name, work) => turns.take(name, work, asker.signal) },
    signal: asker.signal,
    registry: [waiting],
    onEvent: event => {
      if (event.kind === 'tool') setTimeout(() => asker.abort(), 10);
    },
  });
  expect(result.stop).toBe('cancelled');
  letGo();
  await other;
  expect(ran).toBe(false);
});

test('words that stream in before a cancellation are kept as the text', async () => {
  const asker = new AbortController();
  const { result } = await asked(
    [{ content: [text('Many words that come one after another, and more of them than anyone reads.')] }],
    { signal: asker.signal, onEvent: event => event.kind === 'text' && asker.abort() },
  );
  expect(result.stop).toBe('cancelled');
  expect(result.text).toMatch(/^Many words/);
  expect(result.messages).toEqual([]);
});

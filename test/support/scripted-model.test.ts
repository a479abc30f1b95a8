import Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import { failure, type ScriptedReply, startScriptedModel, text, toolUse } from './scripted-model.ts';

const ask = { model: 'm', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Who lapsed?' }] };
const says = (...content: (ReturnType<typeof text> | ReturnType<typeof toolUse>)[]) => content;

async function answers(reply: ScriptedReply) {
  await using model = await startScriptedModel([reply, reply]);
  const { client } = model.access();
  const whole = await client.messages.create(ask);
  const streamed = await client.messages.stream(ask).finalMessage();
  return { model, whole, streamed };
}

test('says the same streamed as whole, with usage and what it was sent', async () => {
  const input = { filter: { all: [] }, note: 'café 🛍 and more words than one piece holds' };
  const { model, whole, streamed } = await answers(
    says(text('Let me look. £1,200 — 🛍'), toolUse('look', input, 'toolu_x')),
  );
  expect(streamed.content).toEqual(whole.content);
  expect(streamed.content[1]).toMatchObject({ name: 'look', input });
  expect([whole.stop_reason, streamed.stop_reason]).toEqual(['tool_use', 'tool_use']);
  expect(streamed.usage.input_tokens).toBeGreaterThan(0);
  expect(streamed.usage.output_tokens).toBe(whole.usage.output_tokens);
  expect(model.requests[0]).toEqual(ask);
  expect(model.requests[1]).toEqual({ ...ask, stream: true });
  expect(model.headers[0]!.authorization).toBe('Bearer scripted');
});

test.each(['max_tokens', 'refusal', 'pause_turn', 'model_context_window_exceeded'] as const)(
  'stops for %s both ways',
  async stopReason => {
    const { whole, streamed } = await answers({ content: [text('So far')], stopReason });
    expect([whole.stop_reason, streamed.stop_reason]).toEqual([stopReason, stopReason]);
  },
);

test('counts the usage it is told to', async () => {
  const { streamed } = await answers({ content: [text('a')], usage: { cache_read_input_tokens: 900 } });
  expect(streamed.usage.cache_read_input_tokens).toBe(900);
});

test('fails as the service does, and the client tries again after retry-after', async () => {
  await using model = await startScriptedModel([
    failure(429, { retryAfter: 0 }),
    failure(529),
    text('Here.'),
  ]);
  await expect(model.access().client.messages.create(ask)).rejects.toBeInstanceOf(Anthropic.RateLimitError);
  const { content } = await model.access({ maxRetries: 1 }).client.messages.create(ask);
  expect(content).toEqual([{ type: 'text', text: 'Here.' }]);
});

test.each(['cut', 'overloaded'] as const)(
  'a stream that breaks (%s) gives what came before it',
  async how => {
    const content = [text('The first words arrive, the last ones do not, however long one waits.')];
    await using model = await startScriptedModel([{ content, breaks: { after: 4, how } }]);
    let seen = '';
    const stream = model
      .access()
      .client.messages.stream(ask)
      .on('text', piece => {
        seen += piece;
      });
    await expect(stream.finalMessage()).rejects.toThrow();
    expect(seen).toBe(content[0]!.type === 'text' ? content[0]!.text.slice(0, 24) : '');
  },
);

test('a client that leaves is counted', async () => {
  const left = new AbortController();
  await using model = await startScriptedModel(() => {
    left.abort();
    return 'silence';
  });
  await expect(model.access().client.messages.create(ask, { signal: left.signal })).rejects.toThrow();
  await expect.poll(() => model.abandoned()).toBe(1);
});

test.each([
  ['no reply left', ask, 'no reply to request 2'],
  ['a tool call without its result', withCall([{ role: 'user', content: 'Well?' }]), 'without `tool_result`'],
  ['a result nobody asked for', { ...ask, messages: [result('x')] }, 'unexpected `tool_use_id`'],
  ['an empty text', { ...ask, messages: [{ role: 'user' as const, content: ' ' }] }, 'non-empty'],
])('refuses %s', async (_, request, why) => {
  await using model = await startScriptedModel([text('One.')]);
  const { client } = model.access();
  await client.messages.create(ask);
  await expect(client.messages.create(request)).rejects.toThrow(why);
});

test('takes a tool call with its result', async () => {
  await using model = await startScriptedModel([text('Done.')]);
  const { client } = model.access();
  await expect(client.messages.create(withCall([result('t1')]))).resolves.toMatchObject({
    stop_reason: 'end_turn',
  });
});

function withCall(after: Anthropic.MessageParam[]) {
  const call: Anthropic.MessageParam = {
    role: 'assistant',
    content: [{ type: 'tool_use', id: 't1', name: 'look', input: {} }],
  };
  return { ...ask, messages: [...ask.messages, call, ...after] };
}

function result(id: string): Anthropic.MessageParam {
  return { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content: 'ok' }] };
}

import { describe, expect, test } from 'vitest';
import type { Message, RequestMessage } from '../../../src/mcp/stdio/message.ts';
import { createSession, type Session } from '../../../src/mcp/stdio/session.ts';

const ask = (id: number | string, method: string, params = {}): RequestMessage => ({
  jsonrpc: '2.0',
  id,
  method,
  params,
});
const say = (method: string, params = {}): Message => ({ jsonrpc: '2.0', method, params });
const answer = (id: number | string, result = {}): Message => ({ jsonrpc: '2.0', id, result });
const call = (id: number, name: string) => ask(id, 'tools/call', { name });

function initialized(): Session {
  const session = createSession();
  session.fromClient(ask(0, 'initialize', { protocolVersion: '2025-11-25' }));
  session.fromUpstream(answer(0));
  session.fromClient(say('notifications/initialized'));
  return session;
}

function knowsTools(session: Session): Session {
  session.fromClient(ask('list', 'tools/list'));
  const tools = [
    { name: 'look', annotations: { readOnlyHint: true } },
    { name: 'propose', annotations: { readOnlyHint: false } },
  ];
  session.fromUpstream(answer('list', { tools }));
  return session;
}

describe('while one upstream answers', () => {
  test('messages pass both ways as they are', () => {
    const session = createSession();
    for (const message of [ask(1, 'ping'), ask('1', 'ping'), say('notifications/x')])
      expect(session.fromClient(message)).toBe(message);
    for (const message of [answer('1'), answer(1), say('notifications/message')])
      expect(session.fromUpstream(message)).toBe(message);
  });

  test('answers that nobody waits for are kept back', () => {
    const session = createSession();
    session.fromClient(ask(1, 'ping'));
    expect(session.fromUpstream(answer(2))).toBeNull();
    expect(session.fromUpstream(answer('1'))).toBeNull();
    expect(session.fromUpstream(answer(1))).not.toBeNull();
    expect(session.fromUpstream(answer(1))).toBeNull();
    expect(session.fromClient(answer(7))).toBeNull();
  });

  test('what was cancelled is answered no more, and cancelled once', () => {
    const session = createSession();
    session.fromClient(call(1, 'look'));
    expect(session.waiting()).toBe(1);
    const cancel = say('notifications/cancelled', { requestId: 1 });
    expect(session.fromClient(cancel)).toBe(cancel);
    expect(session.waiting()).toBe(0);
    expect(session.fromUpstream(answer(1))).toBeNull();
    expect(session.fromClient(cancel)).toBeNull();
  });

  test('a question to the person goes through, and so does the answer', () => {
    const session = createSession();
    const question = ask(0, 'elicitation/create');
    expect(session.fromUpstream(question)).toEqual(question);
    expect(session.fromClient(answer(0, { action: 'accept' }))).toEqual(answer(0, { action: 'accept' }));
    expect(session.fromClient(answer(0))).toBeNull();
  });
});

describe('when the upstream is gone', () => {
  test('questions that change nothing are asked again, once', () => {
    const session = createSession();
    session.fromClient(ask(1, 'resources/read'));
    expect(session.lost()).toEqual({ tell: [], again: [ask(1, 'resources/read')] });
    expect(session.lost()).toMatchObject({ again: [], tell: [{ id: 1, error: { code: -32_603 } }] });
    expect(session.waiting()).toBe(0);
  });

  test('a tool is asked again where it is known to change nothing, and is else answered by a failure', () => {
    const session = knowsTools(createSession());
    for (const [id, name] of ['look', 'propose', 'other'].entries()) session.fromClient(call(id, name));
    const { tell, again } = session.lost();
    expect(again).toEqual([call(0, 'look')]);
    expect(tell).toMatchObject([1, 2].map(id => ({ id, result: { isError: true } })));
    expect(JSON.stringify(tell)).toContain('Ask again.');
    // It may have opened a proposal before its process ended.
    expect(JSON.stringify(tell)).toContain('look with review_proposal first');
  });

  test('whatever never reached it is asked of the next', () => {
    const session = createSession();
    session.fromClient(call(1, 'propose'));
    session.fromClient(call(2, 'propose'));
    expect(session.lost(new Set([2]))).toMatchObject({ tell: [{ id: 1 }], again: [call(2, 'propose')] });
  });

  test('the person is not kept waiting by a question of its, and its late answer reaches nobody', () => {
    const session = createSession();
    session.fromUpstream(ask(0, 'elicitation/create'));
    const { tell } = session.lost();
    expect(tell).toMatchObject([{ method: 'notifications/cancelled', params: { requestId: 0 } }]);
    const next = session.fromUpstream(ask(0, 'elicitation/create')) as RequestMessage;
    expect(next.id).not.toBe(0);
    expect(session.fromClient(answer(0))).toBeNull();
    expect(session.fromClient(answer(next.id))).toEqual(answer(0));
  });

  test('a question that the new one takes back is taken back under the id that the client knows', () => {
    const session = createSession();
    session.fromUpstream(ask(0, 'elicitation/create'));
    session.lost();
    const { id } = session.fromUpstream(ask(0, 'elicitation/create')) as RequestMessage;
    expect(session.fromUpstream(say('notifications/cancelled', { requestId: 0 }))).toMatchObject({
      params: { requestId: id },
    });
    expect(session.fromUpstream(say('notifications/cancelled', { requestId: 0 }))).toBeNull();
  });

  test('the next one is greeted as the last, and told what was set', () => {
    const session = initialized();
    session.fromClient(ask(1, 'logging/setLevel', { level: 'info' }));
    session.fromClient(ask(2, 'logging/setLevel', { level: 'error' }));
    session.fromClient(ask(3, 'resources/subscribe', { uri: 'a' }));
    session.fromClient(ask(4, 'resources/subscribe', { uri: 'b' }));
    session.fromClient(ask(5, 'resources/unsubscribe', { uri: 'a' }));
    for (const id of [1, 2, 3, 4, 5]) session.fromUpstream(answer(id));
    session.lost();
    const { initialize, rest } = session.greeting()!;
    expect(initialize).toMatchObject({ method: 'initialize', params: { protocolVersion: '2025-11-25' } });
    expect(rest).toMatchObject([
      { method: 'notifications/initialized' },
      { method: 'logging/setLevel', params: { level: 'error' } },
      { method: 'resources/subscribe', params: { uri: 'b' } },
    ]);
    const ids = [initialize, ...rest].flatMap(message => ('id' in message ? [message.id] : []));
    expect(new Set(ids).size).toBe(3);
  });

  test('a client whose greeting was not answered is not greeted for: that is asked again', () => {
    const session = createSession();
    session.fromClient(ask(0, 'initialize'));
    expect(session.greeting()).toBeNull();
    expect(session.lost().again).toEqual([ask(0, 'initialize')]);
  });

  test('what a client listens to goes on, as often as it takes, without a second word that it does', () => {
    const session = createSession();
    const meta = { _meta: { 'io.modelcontextprotocol/subscriptionId': 5 } };
    const acknowledged = say('notifications/subscriptions/acknowledged', meta);
    const listen = ask(5, 'subscriptions/listen');
    session.fromClient(listen);
    expect(session.fromUpstream(acknowledged)).toBe(acknowledged);
    expect(session.waiting()).toBe(0);
    for (let time = 0; time < 3; time++) {
      expect(session.lost()).toEqual({ tell: [], again: [listen] });
      expect(session.fromUpstream(acknowledged)).toBeNull();
      const news = say('notifications/resources/list_changed', meta);
      expect(session.fromUpstream(news)).toBe(news);
    }
  });
});

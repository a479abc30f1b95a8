import { inputRequired, McpServer } from '@modelcontextprotocol/server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { httpUpstream } from '../../../src/mcp/stdio/http-upstream.ts';
import type { Connect } from '../../../src/mcp/stdio/upstream.ts';
import { eras } from '../../support/mcp-client.ts';
import { type Serving, serving, session, textOf } from '../http/serving.ts';
import { type OverStreams, overStreams } from './over-streams.ts';

let servers: Serving[] = [];
let clients: OverStreams[] = [];
afterEach(async () => {
  await Promise.all(clients.map(client => client.leave()));
  await Promise.all(servers.map(server => server.close()));
  clients = [];
  servers = [];
});

async function serve(...options: Parameters<typeof serving>): Promise<Serving> {
  const server = await serving(...options);
  servers.push(server);
  return server;
}

async function joined(...given: Parameters<typeof overStreams>): Promise<OverStreams> {
  const client = await overStreams(...given);
  clients.push(client);
  return client;
}

/** To the server that is the last to be there. */
const toLast: Connect = async events => {
  const endpoint = servers.at(-1)!.url;
  return httpUpstream({ endpoint, headers: { authorization: 'Bearer ada' }, denied: null }, events);
};

/** Without a word, as a process that is killed. */
async function kill(server: Serving): Promise<void> {
  server.http.closeAllConnections();
  await server.close();
}

const say = (word: string) => ({ name: 'echo', arguments: { word } });
const wait = (word: string) => ({ name: 'wait', arguments: { word } });

describe.each(eras)('a client of the %s era is passed on', era => {
  test('with many questions at once, each with its own answer', async () => {
    await serve();
    const { client } = await joined(toLast, era);
    const words = Array.from({ length: 12 }, (_, i) => `word ${i}`);
    const answers = await Promise.all(words.map(word => client.callTool(say(word))));
    expect(answers.map(textOf)).toEqual(words.map(word => `ada: ${word}`));
  });

  test('with progress on the way', async () => {
    const server = await serve();
    const { client } = await joined(toLast, era);
    const progress: number[] = [];
    const answer = client.callTool(wait('tea'), { onprogress: ({ progress: p }) => progress.push(p) });
    await vi.waitFor(() => expect(progress).toEqual([1]));
    server.release();
    expect(textOf(await answer)).toBe('tea is done');
  });

  test('and what it cancels ends', async () => {
    const server = await serve();
    const { client } = await joined(toLast, era);
    const stop = new AbortController();
    const answer = client.callTool(wait('tea'), { signal: stop.signal });
    answer.catch(() => {});
    await vi.waitFor(() => expect(server.deeds).toEqual(['tea began']));
    stop.abort();
    await expect(answer).rejects.toThrow();
    await vi.waitFor(() => expect(server.deeds).toEqual(['tea began', 'tea was stopped']));
    expect(textOf(await client.callTool(say('still here')))).toBe('ada: still here');
  });

  test('and what it had asked ends when it goes away', async () => {
    const server = await serve();
    const { client, leave } = await overStreams(toLast, era);
    client.callTool(wait('tea')).catch(() => {});
    await vi.waitFor(() => expect(server.deeds).toEqual(['tea began']));
    await leave();
    await vi.waitFor(() => expect(server.deeds).toEqual(['tea began', 'tea was stopped']));
  });

  test('and hears of changes, also from the server that follows', async () => {
    const first = await serve();
    const { client } = await joined(toLast, era);
    const told: string[] = [];
    client.setNotificationHandler('notifications/resources/list_changed', () => void told.push('list'));
    if (era === 'modern') await client.listen({ resourcesListChanged: true });
    await vi.waitFor(() => expect(first.watched()).toBe(true));
    // A session is told once its stream is open.
    await vi.waitFor(() => {
      first.changed('test://thing');
      expect(told).not.toEqual([]);
    });
    const second = await serve();
    await kill(first);
    await vi.waitFor(() => expect(second.watched()).toBe(true), { timeout: 15_000 });
    told.length = 0;
    await vi.waitFor(() => {
      second.changed('test://thing');
      expect(told).not.toEqual([]);
    });
  });

  test('and the person is asked what a tool has to know', async () => {
    const asking = () => {
      const server = new McpServer({ name: 'test', version: '1.0.0' });
      server.registerTool('ask', {}, async ({ mcpReq }) => {
        const answer = mcpReq.inputResponses?.sure;
        if (answer) return { content: [{ type: 'text', text: JSON.stringify(answer) }] };
        const requestedSchema = { type: 'object', properties: { yes: { type: 'boolean' } } } as const;
        return inputRequired({
          inputRequests: { sure: inputRequired.elicit({ message: 'Sure?', requestedSchema }) },
        });
      });
      return server;
    };
    await serve({ serverOf: asking });
    const asked: string[] = [];
    const { client } = await joined(toLast, era, ({ message }) => {
      asked.push(message);
      return { action: 'accept', content: { yes: 'true' } };
    });
    const answer = await client.callTool({ name: 'ask', arguments: {} });
    expect(asked).toEqual(['Sure?']);
    expect(textOf(answer)).toContain('accept');
  });

  test('and to the next server when that one is killed, which it does not notice', async () => {
    const first = await serve();
    const { client, log } = await joined(toLast, era);
    await client.callTool(say('one'));
    await serve();
    await kill(first);
    // Nobody was told whether the tool changes anything; it cannot have, as the question reached nobody.
    const words = ['two', 'three', 'four'];
    const answers = await Promise.all(words.map(word => client.callTool(say(word))));
    expect(answers.map(textOf)).toEqual(words.map(word => `ada: ${word}`));
    expect(log.join('')).toContain('looking for another');
  });

  test('and is told to ask again where a server was killed over what may have changed something', async () => {
    const first = await serve();
    const { client } = await joined(toLast, era);
    const answer = client.callTool(wait('tea'));
    await vi.waitFor(() => expect(first.deeds).toEqual(['tea began']));
    const second = await serve();
    await kill(first);
    expect(await answer).toMatchObject({ isError: true });
    expect(textOf(await answer)).toContain('Ask again');
    expect(second.deeds).toEqual([]);
    expect(textOf(await client.callTool(say('again')))).toBe('ada: again');
  });
});

test('a session that made room for another begins anew', async () => {
  const server = await serve({ limits: { ofOne: 1 } });
  const { client, log } = await joined(toLast, 'legacy');
  await client.callTool(say('one'));
  await session(server);
  expect(textOf(await client.callTool(say('two')))).toBe('ada: two');
  expect(log.join('')).toContain('looking for another');
});

test('a server that lets nobody in any more says so', async () => {
  const server = await serve();
  const denied = (status: number) => `Status ${status}: make a new token.`;
  const { client } = await joined(
    async events =>
      httpUpstream({ endpoint: server.url, headers: { authorization: 'Bearer ada' }, denied }, events),
    'legacy',
  );
  server.tokens.clear();
  await expect(client.callTool(say('hello'))).rejects.toThrow('Status 401: make a new token.');
});

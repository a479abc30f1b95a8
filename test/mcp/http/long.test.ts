import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { client, post, serving, session, textOf, until } from './serving.ts';

test('the time that a request may take to come in does not limit the answer, only those who never finish asking', async () => {
  const server = await serving({}, { http: { connectionsCheckingInterval: 10 } });
  const clients = [await client(server, 'modern'), await client(server, 'legacy')];
  const asked = clients.map(({ client }, i) =>
    client.callTool({ name: 'wait', arguments: { word: `${i}` } }),
  );
  await until(() => expect(server.heard).toHaveLength(2));
  server.http.requestTimeout = 20;
  server.http.headersTimeout = 20;
  const slow = connect(Number(server.url.port), server.url.hostname).setEncoding('utf8');
  const heard: unknown[] = [];
  slow.on('data', text => heard.push(text));
  const head = ['POST /mcp HTTP/1.1', 'host: 127.0.0.1', 'authorization: Bearer ada', 'content-length: 100'];
  slow.write(`${head.join('\r\n')}\r\ncontent-type: application/json\r\n\r\n{`);
  await until(() => expect(heard.join('')).toContain('408'));
  server.http.requestTimeout = 0;
  server.http.headersTimeout = 0;
  for (const turn of [1, 2]) {
    await until(() => expect(server.deeds.filter(deed => deed.endsWith('began'))).toHaveLength(turn));
    server.release();
  }
  expect((await Promise.all(asked)).map(textOf)).toEqual(['0 is done', '1 is done']);
  await Promise.all(clients.map(({ client }) => client.close()));
  await server.close();
});

test('streams say now and then that they live, so that nothing on the way cuts them', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const server = await serving();
    const id = await session(server);
    const headers = { authorization: 'Bearer ada', accept: 'text/event-stream', 'mcp-session-id': id };
    const quiet = await fetch(server.url, { headers });
    const call = { name: 'wait', arguments: { word: 'it' } };
    const working = await post(
      server,
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: call },
      { 'mcp-session-id': id },
    );
    for (const { body } of [quiet, working]) {
      const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      const more = async (until: string) => {
        while (!text.includes(until)) text += (await reader.read()).value;
      };
      await more(': open');
      await vi.advanceTimersByTimeAsync(15_000);
      await more(': keepalive');
      await reader.cancel();
    }
    server.release();
    await server.close();
  } finally {
    vi.useRealTimers();
  }
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { runLoop } from '../../../src/agent/loop/loop.ts';
import { type ModelAccess, modelAccess } from '../../../src/agent/model/access.ts';
import { asServiceError } from '../../../src/agent/model/service-error.ts';
import { readConfig } from '../../../src/config.ts';
import { OperatorError, UpstreamError } from '../../../src/errors.ts';
import { startScriptedModel, text } from '../../support/scripted-model.ts';
import { meterOf, storeless } from '../parts.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  for (const close of closers.splice(0)) close();
});

const accessTo = (baseUrl: string, patience?: number): ModelAccess =>
  modelAccess(readConfig({ ANTHROPIC_API_KEY: 'the-key', ANTHROPIC_BASE_URL: baseUrl }).agent, patience)!;

const asked = (access: ModelAccess) =>
  runLoop({
    context: storeless(),
    access,
    system: 'You answer.',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Well?' }] }],
    meter: meterOf(access),
    maxTokens: 100,
    registry: [],
  });

async function serving(handle: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('there is no model without a key, unless a server of ones own is named', () => {
  expect(modelAccess(readConfig({}).agent)).toBeNull();
  expect(modelAccess(readConfig({ ANTHROPIC_API_KEY: 'k' }).agent)).toMatchObject({ official: true });
  const own = modelAccess(readConfig({ ANTHROPIC_BASE_URL: 'http://127.0.0.1:1' }).agent);
  expect(own).toMatchObject({ official: false });
  // Named outright, as other tools have people do.
  const named = { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: 'https://api.anthropic.com/' };
  expect(modelAccess(readConfig(named).agent)).toMatchObject({ official: true });
});

test('nothing is read from the environment behind the settings', async () => {
  vi.stubEnv('ANTHROPIC_BASE_URL', 'http://127.0.0.1:9');
  vi.stubEnv('ANTHROPIC_AUTH_TOKEN', 'another-token');
  vi.stubEnv('ANTHROPIC_CUSTOM_HEADERS', 'x-more: 1\nauthorization: Bearer another');
  vi.stubEnv('ANTHROPIC_LOG', 'debug');
  vi.stubEnv('ANTHROPIC_PROFILE', 'another');
  const logged = ['debug', 'info', 'warn', 'error', 'log'] as const;
  const spies = logged.map(level => vi.spyOn(console, level).mockImplementation(() => {}));
  await using model = await startScriptedModel([text('Yes.')]);
  expect((await asked(accessTo(model.url))).text).toBe('Yes.');
  expect(model.headers[0]).toMatchObject({ authorization: 'Bearer the-key' });
  expect(model.headers[0]).not.toHaveProperty('x-more');
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
  const official = modelAccess(readConfig({ ANTHROPIC_API_KEY: 'k' }).agent)!;
  expect(official.client.baseURL).toBe('https://api.anthropic.com');
});

test('a server that never begins to answer is given up', async () => {
  const url = await serving(() => {});
  const access = accessTo(url, 100);
  access.client.maxRetries = 0;
  const error = await asked(access).catch(thrown => thrown);
  expect(error).toBeInstanceOf(UpstreamError);
  expect(error.message).toBe(`The model service at ${url} said nothing for 0.1 seconds.`);
});

test('a server that falls silent in the middle of an answer is given up', async () => {
  const url = await serving((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const message = {
      id: 'm',
      role: 'assistant',
      content: [],
      stop_reason: null,
      usage: { input_tokens: 5 },
    };
    response.write(`event: message_start\ndata: ${JSON.stringify({ type: 'message_start', message })}\n\n`);
  });
  const access = accessTo(url, 100);
  const question = { model: 'm', max_tokens: 9, messages: [{ role: 'user' as const, content: 'Well?' }] };
  // However long a busy machine takes until the answer begins.
  const stream = access.client.messages.stream(question, { timeout: 60_000 });
  const error = asServiceError(await stream.finalMessage().catch(thrown => thrown), access);
  expect(error).toBeInstanceOf(UpstreamError);
  expect((error as UpstreamError).message).toContain('nothing came for 0.1 seconds');
});

test('an answer that keeps coming slowly is heard out', async () => {
  await using model = await startScriptedModel([{ content: [text('At last.')], delay: 60 }]);
  expect((await asked(accessTo(model.url, 500))).text).toBe('At last.');
});

test('nobody at the address, and somebody else at it, are told apart', async () => {
  const url = await serving((_request, response) => response.end('<html>A page.</html>'));
  const page = await asked(accessTo(url)).catch(thrown => thrown);
  expect(page).toBeInstanceOf(UpstreamError);
  expect(page.next).toContain('ANTHROPIC_BASE_URL');
  for (const close of closers.splice(0)) close();
  const access = accessTo(url);
  access.client.maxRetries = 0;
  const nobody = await asked(access).catch(thrown => thrown);
  expect(nobody).toBeInstanceOf(OperatorError);
  expect(nobody.message).toBe(`The model service at ${url} cannot be reached (ECONNREFUSED).`);
  expect(nobody.next).toContain('ANTHROPIC_BASE_URL');
});

test('errors of ours stay as they are', () => {
  const ours = new TypeError('a defect');
  expect(asServiceError(ours, accessTo('http://127.0.0.1:1'))).toBe(ours);
});

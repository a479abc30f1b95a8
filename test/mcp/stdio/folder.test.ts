import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { afterAll, afterEach, expect, test } from 'vitest';
import { run } from '../../../src/cli/program.ts';
import { serveStdio } from '../../../src/mcp/stdio/serve.ts';
import { startChild } from '../../support/child.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { folder } from '../../support/terminal.ts';
import { hello, type Talk, type Told, talk } from './talk.ts';

const open: (() => Promise<void>)[] = [];
/** A shop without customers, whose stores are there: making them takes longest. */
const shop = temporaryFolder();
afterAll(() => shop.remove());
const copied = async () => {
  const data = await folder();
  cpSync(shop.file('new'), data, { recursive: true });
  return data;
};
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** The command in this process, on streams of its own. */
function served(dataDir: string, env: NodeJS.ProcessEnv = {}, role: 'viewer' | 'approver' = 'approver') {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  let err = '';
  const stderr = new Writable({
    write(chunk, _encoding, done) {
      err += String(chunk);
      done();
    },
  });
  const terminal = {
    env: { KINDRED_THREADS: '1', ...env },
    cwd: process.cwd(),
    user: 'ada',
    now: () => new Date('2026-11-22T12:00:00Z'),
    out: () => {},
    err: () => {},
    interactive: false,
    columns: 120,
  };
  const ended = serveStdio({ terminal, run, dataDir, role, streams: { stdin, stdout, stderr } });
  const close = async () => {
    stdin.end();
    await ended;
  };
  open.push(close);
  return { ...talk(stdin, stdout), close, err: () => err };
}

const overview = (one: Talk) => one.ask('tools/call', { name: 'shop_overview', arguments: {} });
const textOf = ({ result }: Told) => (result!.content as { text: string }[])[0]!.text;
const names = ({ result }: Told) => (result!.tools as { name: string }[]).map(({ name }) => name);

test('a folder that does not exist yet is a new shop: tools say so, and it is let go in the end', async () => {
  const data = shop.file('new');
  const one = served(data);
  expect((await one.ask('initialize', hello)).result).toMatchObject({ serverInfo: { name: 'kindred' } });
  expect(names(await one.ask('tools/list'))).toContain('propose_weights');
  const answer = await overview(one);
  expect(textOf(answer)).toContain('"customers":"fewer than 10"');
  const unfit = await one.ask('tools/call', { name: 'list_segments', arguments: {} });
  expect(unfit.result?.isError).toBe(true);
  expect(textOf(unfit)).toContain('kindred');
  expect(existsSync(join(data, 'kindred.lock'))).toBe(true);
  await one.close();
  expect(existsSync(join(data, 'kindred.lock'))).toBe(false);
});

test('while a command holds the folder tools are listed, and calls wait for it and say who it is', async () => {
  const data = await copied();
  const holder = startChild(new URL('../../support/children/hold-store.ts', import.meta.url), [data]);
  expect(await holder.line()).toBe('held');
  const one = served(data);
  expect((await one.ask('initialize', hello)).result).toBeDefined();
  one.say('notifications/initialized');
  expect(names(await one.ask('tools/list'))).toContain('shop_overview');
  // Longer than anybody waits for a command: told who holds it, and asked again it looks again.
  const refused = await overview(one);
  expect(refused.result?.isError).toBe(true);
  expect(textOf(refused)).toContain(`in use by process ${holder.process.pid} (segment)`);
  const waits = overview(one);
  holder.process.kill('SIGKILL');
  await holder.ended;
  expect(textOf(await waits)).toContain('"customers":"fewer than 10"');
}, 40_000);

test('a folder that cannot be had is told of in the chat', async () => {
  const file = join(await folder(), 'file');
  writeFileSync(file, 'no folder');
  const one = served(file);
  expect((await one.ask('initialize', hello)).result).toBeDefined();
  const answer = await overview(one);
  expect(answer.result?.isError).toBe(true);
  expect(textOf(answer)).toMatch(/is not a folder.*\n?.*Name a folder with --data/);
  expect(one.err()).toContain('is not a folder');
});

test('so is a setting that is wrong', async () => {
  const one = served(await folder(), { KINDRED_THREADS: 'many' });
  expect((await one.ask('initialize', hello)).result).toBeDefined();
  expect(textOf(await overview(one))).toMatch(/KINDRED_THREADS.*\n?.*Correct this environment variable/);
  expect(one.err()).toContain('KINDRED_THREADS');
});

test('a role lowers what the model may do', async () => {
  const one = served(await folder(), {}, 'viewer');
  await one.ask('initialize', hello);
  const tools = names(await one.ask('tools/list'));
  expect(tools).toContain('shop_overview');
  expect(tools).not.toContain('propose_weights');
});

test('another client of the folder is passed on to the first, and takes its place when it leaves', async () => {
  const data = await copied();
  const first = served(data);
  await first.ask('initialize', hello);
  await overview(first);
  const second = served(data);
  await second.ask('initialize', hello);
  second.say('notifications/initialized');
  expect(textOf(await overview(second))).toContain('"customers":"fewer than 10"');
  await first.close();
  expect(textOf(await overview(second))).toContain('"customers":"fewer than 10"');
  expect(second.err()).toContain('looking for another');
});

test('what is no message is answered as that, and the next is heard', async () => {
  const one = served(await folder());
  one.raw('{"jsonrpc":"2.0","id":1\n');
  expect(await one.find(({ error }) => error?.code === -32_700)).toMatchObject({ id: null });
  const large = {
    jsonrpc: '2.0',
    id: 'large',
    method: 'ping',
    params: { text: 'x'.repeat(16 * 1024 * 1024) },
  };
  one.raw(`${JSON.stringify(large)}\n`);
  expect(await one.find(({ id }) => id === 'large')).toMatchObject({
    error: { code: -32_600, message: expect.stringContaining('up to 4 MB') },
  });
  await one.ask('initialize', { ...hello, protocolVersion: '1999-01-01' }).then(({ result }) => {
    expect(result?.protocolVersion).toMatch(/^2025-/);
  });
  expect((await one.ask('no/such/method')).error).toMatchObject({ code: -32_601 });
  expect((await one.ask('tools/call', { name: 'no_such_tool', arguments: {} })).error).toMatchObject({
    code: -32_602,
  });
  const batch = ['a', 'b'].map(id => ({ jsonrpc: '2.0', id, method: 'ping' }));
  one.raw(`${JSON.stringify(batch)}\n`);
  expect(await one.find(({ id }) => id === 'a')).toMatchObject({ result: {} });
  expect(await one.find(({ id }) => id === 'b')).toMatchObject({ result: {} });
});

test('a later revision of the protocol that nobody knows is refused by the ones that are known', async () => {
  const one = served(await folder());
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2099-01-01',
    'io.modelcontextprotocol/clientInfo': { name: 'by-hand', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const { error } = await one.ask('tools/list', { _meta });
  expect(JSON.stringify(error)).toContain('2026-07-28');
});

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { hello, type Talk, type Told, talk } from './talk.ts';

const dir = temporaryFolder();
const data = dir.file('data');
const lock = join(data, 'kindred.lock');
const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const main = fileOf('../../../src/main.ts');

interface Started extends Talk {
  process: ChildProcess;
  ended: Promise<number | NodeJS.Signals>;
  err(): string;
}

const started: Started[] = [];
/** A command in a process of its own, without a shell, as a client starts it. */
function start(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  before: readonly string[] = [],
): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', ...before, ...args], {
    env: { ...process.env, KINDRED_THREADS: '1', KINDRED_PORT: '0', ...env },
    stdio: 'pipe',
  });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    err += text;
  });
  // The other end may be killed before it has read.
  child.stdin.on('error', () => {});
  const ended = new Promise<number | NodeJS.Signals>(resolve => {
    child.on('close', (code, signal) => resolve(code ?? signal!));
  });
  const made = { ...talk(child.stdin, child.stdout), process: child, ended, err: () => err };
  started.push(made);
  return made;
}
const client = (env: NodeJS.ProcessEnv = {}, before: readonly string[] = []) =>
  start([main, 'mcp', '--data', data], env, before);

afterAll(async () => {
  for (const one of started) one.process.kill('SIGKILL');
  await Promise.all(started.map(one => one.ended));
  dir.remove();
});

const overview = (one: Talk) => one.ask('tools/call', { name: 'shop_overview', arguments: {} });
const works = ({ result }: Told) => {
  expect(result?.isError).toBeUndefined();
  expect(JSON.stringify(result)).toContain('fewer than 10');
};
async function greeted(one: Started): Promise<Started> {
  expect((await one.ask('initialize', hello)).result).toBeDefined();
  one.say('notifications/initialized');
  return one;
}

test('two clients share a folder; where the first is killed the second takes over, and lets go in the end', async () => {
  const first = await greeted(client());
  works(await overview(first));
  const second = await greeted(client({}, ['--import', fileOf('./noise.ts')]));
  works(await overview(second));
  expect(second.err()).not.toContain('looking for another');
  first.process.kill('SIGKILL');
  await first.ended;
  works(await overview(second));
  expect(second.err()).toContain('looking for another');

  // Whatever prints, standard output is the protocol's.
  expect(second.err()).toContain('noise of a dependency');
  expect(second.err()).toContain('noise of a worker');
  for (const line of second.lines) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });

  expect(existsSync(lock)).toBe(true);
  second.process.stdin!.end();
  expect(await second.ended).toBe(0);
  expect(existsSync(lock)).toBe(false);
}, 120_000);

test('a server that is started takes the folder over from the client, and may be killed and started anew', async () => {
  const serve = () => start([main, 'serve', '--data', data]);
  const listening = (server: Started) =>
    expect.poll(() => server.lines.join(' '), { timeout: 60_000 }).toContain('Kindred serves');
  const holder = () => JSON.parse(readFileSync(lock, 'utf8')) as { pid: number; command: string };
  const one = await greeted(client());
  works(await overview(one));
  expect(holder()).toMatchObject({ pid: one.process.pid });
  const before = serve();
  // Asked while the folder changes hands, it is answered all the same.
  await expect.poll(() => one.err(), { timeout: 60_000 }).toContain('a server asked for the folder');
  works(await overview(one));
  await listening(before);
  expect(holder()).toMatchObject({ pid: before.process.pid, command: 'kindred serve' });
  expect(before.err()).toContain('An MCP client has the data folder');

  works(await overview(one));
  before.process.kill('SIGKILL');
  await before.ended;
  const after = serve();
  await listening(after);
  works(await overview(one));
  // It is the one that was started anew that answered: the folder is still its.
  one.process.kill('SIGTERM');
  expect(await one.ended).toBe(0);
  expect(holder()).toMatchObject({ pid: after.process.pid });
  expect(one.err().split('Server listening')).toHaveLength(2);
}, 120_000);

test('nobody reads what it prints, and it goes on; nobody reads its answers, and it ends and lets go', async () => {
  const other = dir.file('other');
  const one = start([main, 'mcp', '--data', other]);
  one.process.stderr!.destroy();
  await greeted(one);
  // It has printed that it lets others in.
  const lockOf = () => readFileSync(join(other, 'kindred.lock'), 'utf8');
  await expect.poll(lockOf, { timeout: 30_000 }).toContain('"url"');
  expect((await one.ask('ping')).result).toBeDefined();
  one.process.stdout!.destroy();
  one.say('ping');
  one.ask('ping').catch(() => {});
  one.ask('tools/list').catch(() => {});
  expect(await one.ended).toBe(0);
  expect(existsSync(join(other, 'kindred.lock'))).toBe(false);
}, 60_000);

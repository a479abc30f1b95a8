import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Job } from '../../src/state/jobs.ts';
import type { Health } from '../../src/web/health.ts';
import { type Child, startChild } from '../support/child.ts';
import { alike, writeOrders } from '../support/shop-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred, type Ran } from '../support/terminal.ts';

const dir = temporaryFolder();
const data = dir.file('data');
const lockFile = join(data, 'kindred.lock');
const main = new URL('../../src/main.ts', import.meta.url);
const run = (...args: string[]) => kindred([...args, '--data', data]);
/** Whether they go through a server must not show in them. */
const commands = [
  ['segments'],
  ['segments', '--json'],
  ['segments', 'show', 'nobody'],
  ['readiness'],
  ['jobs', '--json'],
];

let server: Child;
let url: string;
const children: Child[] = [];
const alone: Ran[] = [];

async function serve(): Promise<void> {
  server = startChild(main, ['serve', '--data', data], 'export KINDRED_PORT=0');
  children.push(server);
  const line = await server.line();
  expect(line).toMatch(/^Kindred serves .* at http:\/\/127\.0\.0\.1:\d+$/);
  url = line.slice(line.lastIndexOf(' ') + 1);
}

beforeAll(async () => {
  const shop = await writeOrders(dir.file('shop'), alike(60));
  await run('import', shop);
  expect((await run('segment')).code).toBe(0);
  for (const args of commands) alone.push(await run(...args));
  await serve();
});
afterAll(async () => {
  for (const child of children) child.process.kill('SIGKILL');
  await Promise.all(children.map(child => child.ended));
  dir.remove();
});

const plain = ({ code, out, err }: Ran) => ({ code, out, err });

describe('while a server holds the data folder', () => {
  test.each(commands.map((args, i) => [args.join(' '), args, i] as const))(
    '`kindred %s` says what it says without one',
    async (_, args, i) => {
      expect(plain(await run(...args))).toEqual(plain(alone[i]!));
    },
  );

  test('files are read and written where the person stands', async () => {
    const change = { cwd: dir.path };
    const wrote = await kindred(['export', 'segments', '--to', 'out/s.csv', '--data', 'data'], {}, change);
    expect(wrote).toMatchObject({ code: 0, err: '' });
    expect(wrote.out).toContain('to out/s.csv');
    expect(readFileSync(dir.file('out/s.csv'), 'utf8').split('\n').length).toBeGreaterThan(2);
    const again = await kindred(['import', 'shop', '--data', 'data', '--json'], {}, change);
    expect(again.json<{ files: { alreadyThere: number }[] }>().files[0]!.alreadyThere).toBe(120);
  });

  test('a job that is queued is run by it', async () => {
    expect((await run('jobs', 'run', 'refresh')).out).toContain('the server runs the refresh next');
    const last = async () => (await run('jobs', '--json')).json<{ jobs: Job[] }>().jobs[0];
    await expect
      .poll(last, { timeout: 60_000 })
      .toMatchObject({ kind: 'refresh', status: 'done', attempts: 1 });
    expect((await run('jobs')).out).toContain('refreshed as of ');
    alone[0] = await run('segments');
  });

  test('several at once take their turns', async () => {
    const ran = await Promise.all(Array.from({ length: 5 }, () => run('segments')));
    expect(ran.map(plain)).toEqual(Array(5).fill(plain(alone[0]!)));
  });

  test('its health tells version, model and jobs', async () => {
    const response = await fetch(`${url}/healthz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      status: 'ok',
      version: '0.1.0',
      model: { segments: expect.any(Number) },
      jobs: { waiting: 0, running: 0, failed: [] },
      next: { refresh: expect.any(String), recluster: expect.any(String) },
    } satisfies Partial<Record<keyof Health, unknown>>);
  });

  test('only its owner may read the lock file, and nobody gives commands without it', async () => {
    if (process.platform !== 'win32') expect(statSync(lockFile).mode & 0o777).toBe(0o600);
    const response = await fetch(`${url}/v1/command`, { method: 'POST' });
    expect(response.status).toBe(401);
  });

  test.each([['serve'], ['start']])('`kindred %s` on the folder is refused', async command => {
    const { code, err } = await run(command);
    expect(code).toBe(1);
    expect(err).toContain(`in use by process ${server.process.pid} (kindred serve)`);
    expect(err).toContain(`It serves at ${url}: stop it first`);
  });

  test('a second server, for another folder, is told that the port is taken', async () => {
    const other = dir.file('other');
    const { code, err } = await kindred(['serve', '--data', other], { KINDRED_PORT: new URL(url).port });
    expect(code).toBe(1);
    expect(err).toContain('another process listens there');
    expect(err).toContain('KINDRED_PORT');
    expect(existsSync(join(other, 'kindred.lock'))).toBe(false);
  });
});

describe('when the server ends', () => {
  test('by SIGKILL, the next command takes the folder over, and so does the next server', async () => {
    server.process.kill('SIGKILL');
    await server.ended;
    expect(existsSync(lockFile)).toBe(true);
    expect(plain(await run('segments'))).toEqual(plain(alone[0]!));
    expect(existsSync(lockFile)).toBe(false);
    await serve();
    expect(plain(await run('segments'))).toEqual(plain(alone[0]!));
  });

  test('by SIGTERM, it leaves nothing behind and ends well', async () => {
    server.process.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(existsSync(lockFile)).toBe(false);
    expect(plain(await run('segments'))).toEqual(plain(alone[0]!));
  });
});

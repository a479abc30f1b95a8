import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OperatorError } from '../src/errors.ts';
import { acquireStore } from '../src/store-lock.ts';
import { type Child, startChild } from './support/child.ts';
import { type TemporaryFolder, temporaryFolder } from './support/temporary-folder.ts';

const owner = { pid: process.pid, command: 'test', startedAt: '2026-01-01T00:00:00.000Z' };
const script = new URL('./support/children/hold-store.ts', import.meta.url);

let folder: TemporaryFolder;
let children: Child[];
beforeEach(() => {
  folder = temporaryFolder();
  children = [];
});
afterEach(async () => {
  for (const child of children) child.process.kill('SIGKILL');
  await Promise.all(children.map(child => child.ended));
  folder.remove();
});

function hold(dataDir: string, mode = 'wait'): Child {
  const child = startChild(script, [dataDir, mode]);
  children.push(child);
  return child;
}

/** A lock as a process that no longer runs would have left it. */
function leaveStaleLock(dataDir: string, change: object = {}): void {
  mkdirSync(dataDir, { recursive: true });
  const holder = {
    pid: 2 ** 22 + 1,
    command: 'import',
    startedAt: 'then',
    host: hostname(),
    began: '1',
    token: 't',
  };
  writeFileSync(`${dataDir}/kindred.lock`, JSON.stringify({ ...holder, ...change }));
}

describe('one owner at a time', () => {
  test('makes the folder, and can be taken again once it was released', async () => {
    const dataDir = folder.file('new/deep');
    for (let i = 0; i < 2; i++) {
      const lock = await acquireStore(dataDir, owner);
      expect(readdirSync(dataDir)).toEqual(['kindred.lock']);
      await lock.release();
      expect(readdirSync(dataDir)).toEqual([]);
    }
  });

  test('leaves no listeners behind', async () => {
    const count = () => ['exit', 'SIGINT', 'SIGTERM'].map(name => process.listenerCount(name));
    const before = count();
    const lock = await acquireStore(folder.path, owner);
    await lock.release();
    await lock.release();
    expect(count()).toEqual(before);
  });

  test('says who holds it: process, command and since when', async () => {
    const child = hold(folder.path);
    expect(await child.line()).toBe('held');
    const refused = acquireStore(folder.path, owner);
    await expect(refused).rejects.toThrow(OperatorError);
    await expect(refused).rejects.toThrow(
      `The store ${folder.path} is in use by process ${child.process.pid} (segment), since 2026-01-02T03:04:05.000Z.`,
    );
  });

  test('refuses the process that holds it already', async () => {
    const lock = await acquireStore(folder.path, owner);
    await expect(acquireStore(folder.path, owner)).rejects.toThrow(`process ${process.pid} (test)`);
    await lock.release();
  });

  test('of several that start together exactly one wins, also over a stale lock', async () => {
    leaveStaleLock(folder.path);
    const answers = await Promise.all(Array.from({ length: 4 }, () => hold(folder.path).line()));
    expect(answers.filter(answer => answer === 'held')).toHaveLength(1);
    expect(answers.filter(answer => answer.includes('is in use by process'))).toHaveLength(3);
  });

  test('of many takers within one process exactly one wins over a stale lock', async () => {
    for (let round = 0; round < 20; round++) {
      const dataDir = folder.file(`round-${round}`);
      leaveStaleLock(dataDir);
      const takers = await Promise.allSettled(Array.from({ length: 8 }, () => acquireStore(dataDir, owner)));
      const locks = takers.flatMap(taker => (taker.status === 'fulfilled' ? [taker.value] : []));
      expect(locks).toHaveLength(1);
      await locks[0]!.release();
      expect(readdirSync(dataDir)).toEqual([]);
    }
  });
});

describe('what an ended process leaves', () => {
  test.each([
    ['exit', undefined, 0],
    ['wait', 'SIGTERM', 'SIGTERM'],
    ['wait', 'SIGINT', 'SIGINT'],
    ['graceful', 'SIGTERM', 7],
  ] as const)('nothing after %s %s', async (mode, signal, end) => {
    const child = hold(folder.path, mode);
    expect(await child.line()).toBe('held');
    if (signal) child.process.kill(signal);
    expect(await child.ended).toBe(end);
    expect(existsSync(folder.file('kindred.lock'))).toBe(false);
  });

  test('a lock that is taken over, after SIGKILL', async () => {
    const child = hold(folder.path);
    expect(await child.line()).toBe('held');
    child.process.kill('SIGKILL');
    expect(await child.ended).toBe('SIGKILL');
    expect(existsSync(folder.file('kindred.lock'))).toBe(true);
    const lock = await acquireStore(folder.path, owner);
    expect(readFileSync(folder.file('kindred.lock'), 'utf8')).toContain(`"pid":${process.pid}`);
    await lock.release();
  });

  test.runIf(process.platform === 'linux')('a lock whose pid now belongs to another process', async () => {
    leaveStaleLock(folder.path, { pid: process.ppid, began: 'another time' });
    const lock = await acquireStore(folder.path, owner);
    await lock.release();
  });

  test.each(['', '{"pid":', 'null'])('a lock that was never written: %j', async content => {
    writeFileSync(folder.file('kindred.lock'), content);
    const lock = await acquireStore(folder.path, owner);
    await lock.release();
  });

  test('a takeover that was killed midway', async () => {
    leaveStaleLock(folder.path);
    writeFileSync(
      folder.file('kindred.lock.takeover'),
      JSON.stringify({ pid: 2 ** 22 + 2, host: hostname(), began: '1', token: 'u' }),
    );
    const lock = await acquireStore(folder.path, owner);
    await lock.release();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('a lock of another machine, which cannot be looked up from here, counts', async () => {
    leaveStaleLock(folder.path, { host: 'elsewhere' });
    await expect(acquireStore(folder.path, owner)).rejects.toMatchObject({
      message: expect.stringContaining('on elsewhere (import)'),
      next: expect.stringContaining('delete'),
    });
  });
});

describe('a folder that cannot be used', () => {
  test('a file in its place, or on its path', async () => {
    writeFileSync(folder.file('file'), '');
    for (const path of ['file', 'file/below'])
      await expect(acquireStore(folder.file(path), owner)).rejects.toMatchObject({
        mender: 'operator',
        message: expect.stringContaining('is not a folder'),
      });
  });

  test.runIf(process.platform !== 'win32')('no right to write', async () => {
    const dataDir = folder.file('locked');
    mkdirSync(dataDir, { mode: 0o555 });
    const root = process.geteuid?.() === 0;
    // Root may write anywhere: for this one call the test becomes somebody who may not.
    if (root) process.seteuid!('nobody');
    try {
      await expect(acquireStore(dataDir, owner)).rejects.toMatchObject({ mender: 'operator' });
    } finally {
      if (root) process.seteuid!(0);
    }
  });

  test.runIf(process.platform === 'linux')('a disk that takes no more', async () => {
    const child = startChild(script, [folder.path], 'ulimit -f 0');
    children.push(child);
    expect(await child.line()).toContain('is on a disk that takes no more data');
    await child.ended;
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

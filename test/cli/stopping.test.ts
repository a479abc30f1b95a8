import { afterAll, beforeAll, expect, test } from 'vitest';
import { withApp } from '../../src/app.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { OperatorError } from '../../src/errors.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const shop = dir.file('shop');
const config = readConfig({ KINDRED_THREADS: '1', KINDRED_PORT: '0' }, dir.file('data'));
const now = () => new Date('2026-11-22T12:00:00Z');

beforeAll(() => writeDemoShop(shop, { customers: 150, seed: 3, asOf: '2026-11-01', months: 8 }));
afterAll(dir.remove);

/** Stops the command when `after` of its stages are done; the stores stay open, as in a server. */
async function stopped(args: readonly string[], change: Partial<Terminal>, after: number) {
  const stop = new AbortController();
  let stages = 0;
  let err = '';
  const { code } = await kindred(
    args,
    {},
    {
      ...change,
      signal: stop.signal,
      err: text => {
        err += text;
        if (/^ {2}\S.* s\n$/.test(text) && ++stages === after)
          stop.abort(new OperatorError('Stopped.', 'Again.'));
      },
    },
  );
  return { code, err, whole: !stop.signal.aborted };
}

/** Stops after the first stage, after the second and so on until the command gets through. */
async function untilThrough(args: readonly string[], change: Partial<Terminal>): Promise<number> {
  for (let after = 1; ; after++) {
    const { code, err, whole } = await stopped(args, change, after);
    if (whole) {
      expect(code).toBe(0);
      return after - 1;
    }
    // The last stage is told at the end, when there is nothing left to stop.
    if (code === 0) continue;
    expect(err).toContain('kindred: Stopped.');
    expect((await kindred(['readiness'], {}, change)).code).toBe(0);
  }
}

test('commands that are stopped at any of their stages leave stores on which the next one ends as ever', async () => {
  const undisturbed = dir.file('undisturbed');
  // Its state on a server, which each of these opens at once.
  const env = { DATABASE_URL: await freshDatabase() };
  const alone = async (...args: string[]) => kindred([...args, '--data', undisturbed], env);
  await alone('import', shop);
  await alone('segment');
  const segmented = (await alone('segments', '--json')).out;
  const refresh = ['refresh', '--as-of', '2026-11-15'];
  await alone(...refresh);
  const refreshed = (await alone('segments', '--json')).out;

  await withApp(config, 'test', now, async app => {
    const change = { app };
    expect((await stopped(['import', shop], change, 2)).code).toBe(1);
    expect((await kindred(['import', shop], {}, change)).code).toBe(0);
    const onThreads = await stopped(['segment', '--force', '--k', '3'], change, 2);
    expect([onThreads.code, onThreads.err.includes('kindred: Stopped.')]).toEqual([1, true]);
    expect(await untilThrough(['segment'], change)).toBeGreaterThan(2);
    expect((await kindred(['segments', '--json'], {}, change)).out).toBe(segmented);
    expect(await untilThrough(refresh, change)).toBeGreaterThan(1);
    expect((await kindred(['segments', '--json'], {}, change)).out).toBe(refreshed);
  });
});

import { cpSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type App, withApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { jobWork } from '../../src/schedule/work.ts';
import { alike, writeOrders } from '../support/shop-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const never = new AbortController().signal;
let count = 0;
let data: string;

beforeAll(async () => {
  const made = dir.file('made');
  await kindred(['import', await writeOrders(dir.file('shop'), alike(60)), '--data', made]);
  expect((await kindred(['segment', '--data', made])).code).toBe(0);
});
beforeEach(() => {
  data = dir.file(`data-${count++}`);
  cpSync(dir.file('made'), data, { recursive: true });
});
afterAll(dir.remove);

/** The segments stand as of 2026-06-06. */
function at<T>(now: string, env: NodeJS.ProcessEnv, work: (app: App) => Promise<T>): Promise<T> {
  const config = readConfig({ KINDRED_THREADS: '1', ...env }, data);
  return withApp(config, 'test', () => new Date(now), work);
}

const records = async (app: App) =>
  (await (await app.state()).refreshes.list()).map(({ kind, asOf }) => `${kind} ${asOf}`);

test('a refresh looks from today, as the time zone has it, and a second one of the day finds it done', async () => {
  await at('2026-06-21T22:30:00Z', { KINDRED_TIME_ZONE: 'Europe/Berlin' }, async app => {
    const { refresh } = jobWork(app);
    expect(await refresh(never)).toMatch(/^refreshed as of 2026-06-22; \d+ moved/);
    expect(await refresh(never)).toBe('the segments stand as of 2026-06-22 already');
    expect(await records(app)).toEqual(['fit 2026-06-06', 'refresh 2026-06-22']);
    const [audited] = (await (await app.state()).audit.list()).slice(-1);
    expect(audited?.actor).toBe('kindred');
  });
});

test('segments that stand as of a later day are left alone', async () => {
  await at('2026-06-05T20:00:00Z', {}, async app => {
    expect(await jobWork(app).refresh(never)).toBe('the segments stand as of 2026-06-06 already');
    expect(await records(app)).toEqual(['fit 2026-06-06']);
  });
});

test('a refresh that is to stop ends at its next step and leaves nothing', async () => {
  await at('2026-06-22T06:00:00Z', {}, async app => {
    await expect(jobWork(app).refresh(AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await records(app)).toEqual(['fit 2026-06-06']);
    expect(await jobWork(app).refresh(never)).toMatch(/^refreshed/);
  });
});

test('a re-clustering waits for a decision', async () => {
  await at('2026-07-06T07:00:00Z', {}, async app => {
    expect(await jobWork(app).recluster(never)).toBe('proposal p-1 waits for a decision');
    const [proposal] = await (await app.state()).proposals.list();
    expect(proposal).toMatchObject({ id: 'p-1', status: 'open', createdBy: 'kindred' });
    expect(await records(app)).toEqual(['fit 2026-06-06']);
  });
});

test('unless the configuration decides', async () => {
  await at('2026-07-06T07:00:00Z', { KINDRED_AUTO_PROMOTE: 'true' }, async app => {
    expect(await jobWork(app).recluster(never)).toBe('proposal p-1 was approved by the configuration');
    const [proposal] = await (await app.state()).proposals.list();
    expect(proposal).toMatchObject({ status: 'approved', decidedBy: 'configuration' });
    expect(await records(app)).toEqual(['fit 2026-06-06', 'promotion 2026-07-06']);
  });
});

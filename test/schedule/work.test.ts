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
function at<T>(now: () => Date, env: NodeJS.ProcessEnv, work: (app: App) => Promise<T>): Promise<T> {
  return withApp(readConfig({ KINDRED_THREADS: '1', ...env }, data), 'test', now, work);
}

const records = async (app: App) =>
  (await (await app.state()).refreshes.list()).map(({ kind, asOf }) => `${kind} ${asOf}`);

test('a refresh looks from today, as the time zone has it, once a day', async () => {
  let now = '2026-06-05T20:00:00Z';
  const env = { KINDRED_TIME_ZONE: 'Europe/Berlin' };
  await at(
    () => new Date(now),
    env,
    async app => {
      const { refresh } = jobWork(app);
      expect(await refresh(never)).toBe('the segments stand as of 2026-06-06 already');
      now = '2026-06-21T22:30:00Z';
      await expect(refresh(AbortSignal.abort())).rejects.toThrow('aborted');
      expect(await records(app)).toEqual(['fit 2026-06-06']);
      expect(await refresh(never)).toMatch(/^refreshed as of 2026-06-22; \d+ moved/);
      expect(await refresh(never)).toBe('the segments stand as of 2026-06-22 already');
      expect(await records(app)).toEqual(['fit 2026-06-06', 'refresh 2026-06-22']);
      const [audited] = (await (await app.state()).audit.list()).slice(-1);
      expect(audited?.actor).toBe('kindred');
    },
  );
});

const quarter = () => new Date('2026-07-06T07:00:00Z');

test('a re-clustering waits for a decision', async () => {
  await at(quarter, {}, async app => {
    expect(await jobWork(app).recluster(never)).toBe('proposal p-1 waits for a decision');
    const [proposal] = await (await app.state()).proposals.list();
    expect(proposal).toMatchObject({ id: 'p-1', status: 'open', createdBy: 'kindred' });
    expect(await records(app)).toEqual(['fit 2026-06-06']);
  });
});

test('unless the configuration decides', async () => {
  await at(quarter, { KINDRED_AUTO_PROMOTE: 'true' }, async app => {
    expect(await jobWork(app).recluster(never)).toBe('proposal p-1 was approved by the configuration');
    const [proposal] = await (await app.state()).proposals.list();
    expect(proposal).toMatchObject({ status: 'approved', decidedBy: 'configuration' });
    expect(await records(app)).toEqual(['fit 2026-06-06', 'promotion 2026-07-06']);
  });
});

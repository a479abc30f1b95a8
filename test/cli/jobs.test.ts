import { describe, expect, test } from 'vitest';
import { jobsView } from '../../src/cli/views/jobs.ts';
import { readConfig } from '../../src/config.ts';
import type { Job } from '../../src/state/jobs.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { alike, writeOrders } from '../support/shop-files.ts';
import { folder, kindred } from '../support/terminal.ts';

const now = new Date('2026-11-22T12:00:00Z');

describe('the table of jobs', () => {
  const job: Job = {
    id: 2,
    kind: 'refresh',
    dueAt: '2026-06-29T05:00:00.000Z',
    status: 'waiting',
    attempts: 2,
    notBefore: '2026-06-29T05:06:10.000Z',
    claimedBy: null,
    claimedUntil: null,
    finishedAt: null,
    message:
      'The database at db.example.org does not answer. Check that it runs, and that the address is right.',
  };
  const failed: Job = { ...job, id: 1, kind: 'recluster', status: 'failed', attempts: 4, message: null };
  const config = readConfig({ KINDRED_TIME_ZONE: 'Europe/London' });

  test('speaks of times as the time zone has them, and fits the screen', () => {
    const text = jobsView([job, failed], config, now, 80);
    const lines = text.split('\n');
    expect(lines[1]).toMatch(/^refresh +Mon 2026-06-29 06:00 +waiting +2 +The /);
    expect(text).toMatch(/Next try: Mon\s+2026-06-29\s+06:06/);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(80);
    expect(text).toMatch(/\nrecluster +Mon 2026-06-29 06:00 +failed +4\n/);
    expect(text).toContain('Next refresh: Mon 2026-11-23 06:00\nNext recluster: Mon 2027-01-04 07:00\n');
    expect(text).toContain('Times are of Europe/London.');
  });

  test('says so where there are none, or no schedules', () => {
    const off = readConfig({
      KINDRED_REFRESH_SCHEDULE: 'off',
      KINDRED_RECLUSTER_SCHEDULE: 'off',
      KINDRED_SYNC_IN_SCHEDULE: 'off',
    });
    expect(jobsView([], off, now, 80)).toBe(
      'No jobs yet: `kindred serve` makes them when they are due.\n\nAll schedules are switched off.\n',
    );
  });
});

describe('kindred jobs', () => {
  test('a job is queued only where there are segments', async () => {
    const data = await folder();
    // The state on a server, which each of these opens at once.
    const env = { DATABASE_URL: await freshDatabase() };
    const early = await kindred(['jobs', 'run', 'refresh', '--data', data], env);
    expect([early.code, early.err]).toEqual([1, expect.stringContaining('There are no segments yet.')]);
    await kindred(['import', await writeOrders(await folder(), alike(30)), '--data', data], env);
    await kindred(['segment', '--data', data], env);
    const queued = await kindred(['jobs', 'run', 'refresh', '--data', data], env);
    expect(queued).toMatchObject({ code: 0, out: expect.stringContaining('when it is started') });
    const { jobs, timeZone } = (await kindred(['jobs', '--json', '--data', data], env)).json<{
      jobs: Job[];
      timeZone: string;
    }>();
    expect(jobs).toMatchObject([{ kind: 'refresh', status: 'waiting', dueAt: now.toISOString() }]);
    expect(timeZone).toBe('UTC');
  });

  test('a job that does not exist is wrong usage', async () => {
    const { code, err } = await kindred(['jobs', 'run', 'dance', '--data', await folder()]);
    expect([code, err]).toEqual([2, expect.stringContaining('choose one of refresh, recluster')]);
  });
});

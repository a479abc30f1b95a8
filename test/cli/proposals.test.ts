import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import type { Proposal } from '../../src/state/proposals.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const data = dir.file('data');
let database: string;
const run = (...args: string[]) => kindred([...args, '--data', data], { DATABASE_URL: database });

beforeAll(async () => {
  database = await freshDatabase();
  const shop = dir.file('shop');
  await writeDemoShop(shop, { customers: 300, seed: 2, asOf: '2026-11-01', months: 12 });
  await run('import', shop);
});
afterAll(dir.remove);

test('there is nothing to find anew, or to decide, before there are segments', async () => {
  expect(await run('recluster')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There are no segments yet.'),
  });
  const { out } = await run('proposals');
  expect(out).toContain('Nothing waits for a decision.');
});

test('from a proposal to the segments, and back', async () => {
  await run('segment', '--force', '--k', '4', '--as-of', '2026-09-01');
  const before = (await run('segments')).out;

  const found = await run('recluster', '--as-of', '2026-11-01');
  expect(found.code).toBe(0);
  expect(found.out).toContain('Proposal p-1, open: made on 2026-11-22 by ada.');
  expect(found.out).toContain('kindred approve p-1');
  expect((await run('segments')).out).toBe(before);

  const listed = await run('proposals');
  expect(listed.out).toMatch(/^Proposal\s+Made\s+Status\s+What it says\np-1 +2026-11-22 +open/);
  expect((await run('proposals', 'show', 'p-1')).out).toBe(found.out.trimStart());
  const { proposals } = (await run('proposals', '--json')).json<{ proposals: Proposal[] }>();
  expect(proposals.map(({ id, status }) => [id, status])).toEqual([['p-1', 'open']]);
  const shown = (await run('proposals', 'show', 'p-1', '--json')).json<Proposal>();
  expect(shown.body).toMatchObject({ candidate: { modelId: shown.subject, groups: 4 } });

  const approved = await run('approve', 'p-1', '--by', 'Grace');
  expect(approved.code).toBe(0);
  expect(approved.out).toContain('Approved: these are the segments as of 2026-11-01.');
  expect((await run('segments')).out).not.toBe(before);
  expect((await run('proposals', 'show', 'p-1')).out).toContain('Approved on 2026-11-22 by Grace.');
  expect(await run('approve', 'p-1')).toMatchObject({
    code: 1,
    err: expect.stringContaining('p-1 was approved by Grace on 2026-11-22.'),
  });

  const back = await run('rollback', '--reason', 'The campaign is planned already');
  expect(back.code).toBe(0);
  expect(back.out).toContain('Taken back: the segments of before stand again, as of 2026-11-01.');
  expect(await run('rollback', '--reason', 'again')).toMatchObject({ code: 1 });
});

test('a rejection needs a reason, and leaves the segments', async () => {
  await run('recluster', '--by', 'Grace');
  const before = (await run('segments')).out;
  expect((await run('reject', 'p-2')).code).toBe(2);
  expect((await run('reject', 'p-2', '--reason', 'too close to Christmas')).out).toContain('Rejected: p-2.');
  expect((await run('segments')).out).toBe(before);
  expect((await run('proposals', 'show', 'p-2')).out).toContain('by ada: too close to Christmas');
  expect(await run('proposals', 'show', 'p-8')).toMatchObject({
    code: 1,
    err: expect.stringContaining('p-8'),
  });
});

test('where the system does not say who decides, it must be said', async () => {
  const nobody = await kindred(['approve', 'p-2', '--data', data], {}, { user: undefined });
  expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('--by NAME') });
});

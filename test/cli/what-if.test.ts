import { existsSync, statSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { openPersonas, textsOf } from '../../src/segmentation/proposals/open-personas.ts';
import { openState } from '../../src/state/state.ts';
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
  await writeDemoShop(shop, { customers: 250, seed: 2, asOf: '2026-11-01', months: 12 });
  await run('import', shop);
  await run('segment', '--force', '--k', '4', '--as-of', '2026-11-01');
}, 60_000);
afterAll(dir.remove);

test('what-if shows what another recipe would change, and changes nothing', async () => {
  const before = (await run('segments')).out;
  const weights = '{"features": {"evening_share": 0}, "classes": {"browse": 2}}';
  const { code, out } = await run('what-if', '--k', '3', '--weights', weights);
  expect(code).toBe(0);
  expect(out).toContain('What the segments of 2026-11-01 would be. Nothing was changed.');
  expect(out).toMatch(/3 groups instead of 4\./);
  expect(out).toMatch(/share of orders in the evening +[\d.]+ +left out/);
  expect(out).toMatch(/browse +1 +2/);
  expect(out).toContain('How good they are');
  expect((await run('segments')).out).toBe(before);
  expect((await run('proposals')).out).toContain('Nothing waits for a decision.');

  const told = (await run('what-if', '--k', '3', '--weights', weights, '--json')).json<{
    comparison: { candidate: { groups: number } };
  }>();
  expect(told.comparison.candidate.groups).toBe(3);
});

test('what-if says what it needs', async () => {
  expect(await run('what-if')).toMatchObject({ code: 2, err: expect.stringContaining('say what to change') });
  expect(await run('what-if', '--weights', '{"features": {"shoe_size": 1}}')).toMatchObject({
    code: 1,
    err: expect.stringContaining('there is no feature "shoe_size"'),
  });
  expect(await run('what-if', '--weights', dir.file('none.json'))).toMatchObject({
    code: 1,
    err: expect.stringContaining('cannot be read'),
  });
});

test('texts of a segment are shown before and after, and stand once they are approved', async () => {
  const state = await openState({ dataDir: data, url: database });
  const { segments } = (await state.models.current())!;
  const { key, persona } = segments[0]!;
  const after = { ...textsOf(persona), name: 'Plain name', avoid: 'Do not shout.' };
  const now = () => new Date('2026-11-22T12:00:00Z');
  await openPersonas({ state, now }, { texts: [{ key, after }], why: 'plainer', actor: 'ada' });
  await state.close();

  const shown = (await run('proposals', 'show', 'p-1')).out;
  expect(shown).toContain(`“${persona.name}” would be “Plain name”`);
  expect(shown).toMatch(new RegExp(`Name\\n +now: +${persona.name}\\n +proposed: Plain name`));
  expect(shown).toContain('proposed: Do not shout.');
  expect(shown).not.toContain('Definition');
  const approved = await run('approve', 'p-1');
  expect(approved.out).toBe(
    `Approved: p-1. These segments have the new texts; who is in them stays:\n  Plain name (${key})\n`,
  );
  expect((await run('segments')).out).toContain('Plain name');
});

test('an audience is written for who approves it, where they say', async () => {
  const { audience } = (await run('audience', '{"field":"orders","atLeast":2}', '--json')).json<{
    audience: { handle: string };
  }>();
  const input = JSON.stringify({ audience: audience.handle, purpose: 'a winter mailing' });
  const proposed = await run('tool', 'propose_sync', input);
  expect(proposed.code).toBe(0);
  const shown = (await run('proposals', 'show', 'p-2')).out;
  expect(shown).toContain('Purpose:  a winter mailing');
  expect(shown).toContain('kindred approve p-2 --to FILE');
  expect(await run('approve', 'p-2')).toMatchObject({ code: 1, err: expect.stringContaining('--to FILE') });
  const list = dir.file('list.csv');
  const { out } = await run('approve', 'p-2', '--to', list, '--json');
  expect(JSON.parse(out)).toMatchObject({
    kind: 'written',
    proposal: { status: 'approved', decidedBy: 'ada' },
  });
  expect(statSync(list).mode & 0o777).toBe(0o600);
  const again = dir.file('again.csv');
  expect(await run('approve', 'p-2', '--to', again)).toMatchObject({
    code: 1,
    err: expect.stringContaining(`kindred audience export ${audience.handle} --to FILE`),
  });
  expect(existsSync(again)).toBe(false);
});

test('a feature that was blocked is allowed with a reason, and one that is rejected stays blocked', async () => {
  await run('block', 'evening_share', '--by', 'bob', '--reason', 'tells of working hours');
  const input = '{"feature":"evening_share","lawfulBasis":"consent","why":"mails at night"}';
  expect((await run('tool', 'propose_feature', input)).code).toBe(0);
  const shown = (await run('proposals', 'show', 'p-3')).out;
  expect(shown).toContain('Lawful basis: consent');
  expect((await run('reject', 'p-3', '--reason', 'no')).out).toBe(
    'Rejected: p-3. The feature may not be used.\n',
  );
  await run('tool', 'propose_feature', input);
  expect(await run('approve', 'p-4')).toMatchObject({ code: 1, err: expect.stringContaining('--reason') });
  expect((await run('approve', 'p-4', '--reason', 'asked at sign-up')).out).toContain(
    'may be used from the next',
  );
});

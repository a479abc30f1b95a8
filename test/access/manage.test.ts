import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createToken, listTokens, revokeToken } from '../../src/access/manage.ts';
import { InputError } from '../../src/errors.ts';
import { openPostgresState } from '../../src/state/postgres.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';

let state: State;
beforeAll(async () => {
  state = await stateOver(await openPostgresState(await freshDatabase()));
});
afterAll(() => state?.close());

const at = (iso: string) => ({ state, now: () => new Date(iso) });
const today = '2026-11-22T12:00:00.000Z';
const asked = { name: "Ada's laptop", role: 'analyst', expires: '30d', actor: 'ada' } as const;
const refusal = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => new Error('nothing was refused'),
    (thrown: unknown) => thrown as Error,
  );
  expect(error).toBeInstanceOf(InputError);
  return `${error.message} ${(error as InputError).next}`;
};

test('a token is made, listed as it stands, and revoked by its name or id', async () => {
  expect(await refusal(revokeToken(at(today), { named: 'x', actor: 'ada' }))).toContain('nothing is left');
  const made = await createToken(at(today), { ...asked, name: "  Ada's laptop " });
  expect(made).toMatchObject({
    name: "Ada's laptop",
    createdBy: 'ada',
    expiresAt: '2026-12-22T12:00:00.000Z',
  });
  expect(await refusal(createToken(at(today), { ...asked, name: "ADA'S laptop" }))).toContain(
    `kindred token revoke "ADA'S laptop"`,
  );
  const listed = async (iso: string) => (await listTokens(at(iso))).map(({ id, standing }) => [id, standing]);
  expect(await listed(today)).toEqual([[made.id, 'live']]);
  expect(await listed('2026-12-22T12:00:00.000Z')).toEqual([[made.id, 'expired']]);
  expect(JSON.stringify(await listTokens(at(today)))).not.toContain(made.token.slice(-64));
  const late = { named: made.name, actor: 'bob' };
  expect(await refusal(revokeToken(at('2026-12-22T12:00:00.000Z'), late))).toContain('has ended already');

  const second = await createToken(at('2026-11-22T12:00:01.000Z'), {
    ...asked,
    name: 'n8n',
    expires: '2026-12-31',
  });
  expect(await refusal(revokeToken(at(today), { named: 'nobody', actor: 'bob' }))).toContain(
    `Those that are live: "n8n", "Ada's laptop".`,
  );
  expect((await revokeToken(at(today), { named: "ada's LAPTOP", actor: 'bob' })).id).toBe(made.id);
  expect((await revokeToken(at(today), { named: second.id, actor: 'bob' })).name).toBe('n8n');
  expect(await refusal(revokeToken(at(today), { named: second.id, actor: 'bob' }))).toContain(
    'has ended already. No token is live',
  );
});

describe('cannot be a name:', () => {
  test.each([
    '',
    '   ',
    'a'.repeat(101),
    'two\nlines',
    'a\u001b[2Jb',
    'a\u202eb',
    'a\u200bb',
    'kindred',
    ' KINDRED',
  ])('%j', async name => {
    expect(await refusal(createToken(at(today), { ...asked, name }))).toContain("Ada's laptop");
    expect((await listTokens(at(today))).some(token => token.name.trim() === name.trim())).toBe(false);
  });
});

import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withApp } from '../../../src/app.ts';
import { readConfig } from '../../../src/config.ts';
import { command, type Shops, segmentedShop } from './built.ts';
import { areTold, listed, looksAround, rename, takesBack, until } from './doings.ts';
import { type Kind, type Person, person } from './people.ts';

let shops: Shops;
beforeAll(async () => {
  shops = await segmentedShop();
});
afterAll(() => shops.remove());

/** The first starts Kindred and holds the folder; what the others start passes on to it. */
async function together(
  data: string,
  first: Kind,
  ...others: readonly Kind[]
): Promise<[Person, ...Person[]]> {
  const owner = await person(first, { args: ['--data', data] });
  await until(() => {
    const lock = JSON.parse(readFileSync(join(data, 'kindred.lock'), 'utf8'));
    expect(lock).toMatchObject({ pid: owner.pid, url: expect.any(String) });
  });
  return [owner, ...(await Promise.all(others.map(kind => person(kind, { args: ['--data', data] }))))];
}

describe('clients over standard input', () => {
  let data: string;
  let people: [Person, ...Person[]];
  beforeAll(async () => {
    data = shops.copy();
    people = await together(data, 'modern', 'legacy', 'first');
  });

  test('look around', async () => {
    await Promise.all(people.map(looksAround));
  });

  test('take a what-if back in mid-fit, and are answered what they ask next', async () => {
    for (const one of people) await takesBack(one);
  });

  test('are told of a refresh in another process', () => areTold(people, data));

  test('ask their person, whose decision is recorded', async () => {
    const { username } = userInfo();
    expect(await rename(people, data)).toEqual(
      people.map(() =>
        expect.objectContaining({
          status: 'approved',
          createdBy: `${username}, through The test`,
          decidedBy: username,
          reason: 'It reads better (asked in The test)',
        }),
      ),
    );
  });

  test('go on where the first is killed', async () => {
    process.kill(people[0].pid!, 'SIGKILL');
    for (const one of people.slice(1)) expect((await listed(one)).asOf).toBe('2026-10-25');
    expect(await command('proposals', '--data', data)).toContain('approved');
  });

  test('leave the folder free, with what they asked in the audit', async () => {
    await Promise.all(people.map(one => one.close()));
    const { username: actor } = userInfo();
    const entries = await withApp(
      readConfig({}, data),
      'test',
      () => new Date(),
      async app => (await app.state()).audit.list(),
    );
    const details = { role: 'approver', surface: 'stdio' };
    const passedOn = { role: 'approver', surface: 'http' };
    for (const [action, subject] of [
      ['mcp.tool', 'what_if'],
      ['mcp.resource', 'kindred://digest'],
      ['mcp.prompt', 'campaign-brief'],
    ])
      expect(entries).toContainEqual(
        expect.objectContaining({ actor, action, subject, details: expect.objectContaining(details) }),
      );
    expect(entries.filter(({ action }) => action === 'mcp.answer')).toEqual(
      people.map(one =>
        expect.objectContaining({
          actor,
          details: { ...(one === people[0] ? details : passedOn), client: 'The test', answer: 'approve' },
        }),
      ),
    );
  });
});

test('a client of the first line that holds the folder is told of changes too', async () => {
  const data = shops.copy();
  const [alone] = await together(data, 'first');
  await listed(alone);
  await areTold([alone], data);
  await alone.close();
});

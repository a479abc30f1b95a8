import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, type Running, type Shops, segmentedShop, start } from './built.ts';
import { areTold, listed, looksAround, proposalsOf, rename, takesBack, until } from './doings.ts';
import { kinds, type Person, person } from './people.ts';

let shops: Shops;
const servers: Running[] = [];
const people: Person[] = [];
beforeAll(async () => {
  shops = await segmentedShop();
});
afterAll(async () => {
  await Promise.all(people.map(one => one.close()));
  for (const server of servers) server.process.kill();
  await Promise.all(servers.map(({ ended }) => ended));
  shops.remove();
});

/** `kindred serve`, once it says where MCP clients ask. */
async function serve(data: string, port = '0'): Promise<Running & { url: URL }> {
  const server = start(['serve', '--data', data], { KINDRED_PORT: port });
  servers.push(server);
  let url: URL | undefined;
  await until(() => {
    const said = /http:\/\/\S+\/mcp/.exec(server.out());
    expect(said, server.err()).not.toBeNull();
    url = new URL(said![0]);
  });
  return { ...server, url: url! };
}

async function tokenOf(data: string, name: string, role: string): Promise<string> {
  const told = await command('token', 'create', '--data', data, '--name', name, '--role', role, '--json');
  return (JSON.parse(told) as { token: string }).token;
}

async function joined(...asked: Parameters<typeof person>): Promise<Person> {
  const one = await person(...asked);
  people.push(one);
  return one;
}

describe('a team at one server', () => {
  let data: string;
  let server: Running & { url: URL };
  let token: string;
  let team: Person[];
  beforeAll(async () => {
    data = shops.copy();
    server = await serve(data);
    token = await tokenOf(data, 'Ada', 'approver');
    team = await Promise.all(kinds.map(kind => joined(kind, { url: server.url, token })));
  });

  test('looks around', async () => {
    await Promise.all(team.map(looksAround));
  });

  test('takes a what-if back in mid-fit, and is answered what it asks next', async () => {
    for (const one of team) await takesBack(one);
  });

  test('is told of a refresh in another process', () => areTold(team, data));

  test('decides in the client, and who decided is recorded', async () => {
    expect(await rename(team, data)).toEqual(
      team.map(() =>
        expect.objectContaining({
          status: 'approved',
          createdBy: 'Ada, through The test',
          decidedBy: 'Ada',
          reason: 'It reads better (asked in The test)',
        }),
      ),
    );
  });

  test('without the right to decide, is told where somebody who has it does', async () => {
    const place = { url: server.url, token: await tokenOf(data, 'Bob', 'analyst') };
    const { segments } = await listed(team[0]!);
    const opened: unknown[] = [];
    for (const [i, kind] of kinds.entries()) {
      const bob = await joined(kind, place);
      const proposed = {
        segment: segments[i]!.key,
        name: `People of the ${kind} kind`,
        why: 'It is plainer',
      };
      const { structured } = await bob.call('propose_persona', proposed);
      expect(bob.asked).toEqual([]);
      const { proposal, decide } = structured;
      expect(decide).toContain(`kindred approve ${proposal}`);
      expect(decide).toContain('takes the role approver; yours is analyst');
      opened.push(
        expect.objectContaining({ id: proposal, status: 'open', createdBy: 'Bob, through The test' }),
      );
    }
    expect(await proposalsOf(data)).toEqual(expect.arrayContaining(opened));
  });

  test('is refused from the next request on once its token is revoked', async () => {
    const place = { url: server.url, token: await tokenOf(data, 'Cy', 'viewer') };
    const [first, ...others] = await Promise.all(kinds.map(kind => joined(kind, place)));
    for (const one of [first!, ...others]) expect(await one.tools()).not.toContain('propose_persona');
    await command('token', 'revoke', '--data', data, 'Cy');
    for (const one of [first!, ...others]) await expect(one.tools(), one.kind).rejects.toThrow(/revoked|401/);
    for (const kind of kinds) await expect(person(kind, place), kind).rejects.toThrow(/revoked|401/);
    await until(() => expect(server.err()).toContain('request refused'));
  });

  test('is not reached by pages of other sites, nor by another name', async () => {
    const foreign = await asked(server.url, token, { origin: 'https://shop.example' });
    expect(foreign).toMatchObject({ status: 403 });
    expect(foreign.text).toContain('KINDRED_ALLOWED_HOSTS');
    const misnamed = await asked(server.url, token, { host: 'shop.example' });
    expect(misnamed).toMatchObject({ status: 421 });
    expect(misnamed.text).toContain('KINDRED_ALLOWED_HOSTS');
    expect(await asked(server.url, token, {})).toMatchObject({ status: 200 });
  });

  test('goes on where the server is killed and started anew, or hears what to do', async () => {
    const relayed = await joined('legacy', {
      args: ['--server', server.url.origin],
      env: { KINDRED_TOKEN: token },
    });
    const beside = await joined('first', { args: ['--data', data] });
    for (const one of [relayed, beside]) await listed(one);
    server.process.kill('SIGKILL');
    await server.ended;
    server = await serve(data, server.url.port);
    const [modern, ...sessions] = team as [Person, ...Person[]];
    for (const one of [modern, relayed, beside]) expect((await listed(one)).asOf).toBe('2026-10-25');
    for (const one of sessions) await expect(one.tools()).rejects.toThrow(/Initialize again/);
  });
});

/** Asks for the tools with these headers, which clients cannot set. */
function asked(
  url: URL,
  token: string,
  headers: Record<string, string>,
): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
      },
      async response => {
        let text = '';
        for await (const chunk of response) text += chunk;
        resolve({ status: response.statusCode, text });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }));
  });
}

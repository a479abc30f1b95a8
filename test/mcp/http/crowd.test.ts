import { expect, test } from 'vitest';
import { client, firstClient, type Serving, serving, textOf, until } from './serving.ts';

const connect = [
  (server: Serving, token: string) => client(server, 'modern', { token }),
  (server: Serving, token: string) => client(server, 'legacy', { token }),
  (server: Serving, token: string) => firstClient(server, token),
];

test('fifty clients of all kinds at once get each their own answers, in the order in which they asked', async () => {
  const server = await serving();
  const crowd = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      const token = i % 2 ? 'ada' : 'bob';
      const { client } = await connect[i % 3]!(server, token);
      return { i, token, client };
    }),
  );
  // One client asks for much before the others ask at all; nobody waits for more than came before.
  const answered: string[] = [];
  const ask = async ({ i, token, client }: (typeof crowd)[number], n: number) => {
    const word = `${i}/${n}`;
    const answer = textOf(await client.callTool({ name: 'echo', arguments: { word } }));
    answered.push(word);
    expect(answer).toBe(`${token}: ${word}`);
  };
  const held = server.turns.take(
    'something long',
    () => new Promise<void>(resolve => setTimeout(resolve, 50)),
  );
  const greedy = Array.from({ length: 20 }, (_, n) => ask(crowd[0]!, n));
  await Promise.all(crowd.slice(1).map(one => Promise.all([0, 1, 2, 3].map(n => ask(one, n)))));
  await Promise.all([held, ...greedy]);
  expect(new Set(answered).size).toBe(20 + 49 * 4);
  await Promise.all(crowd.map(({ client }) => client.close()));
  await server.close();
});

test('those who wait have their turns in the order in which they came, however many of them one client is', async () => {
  const server = await serving();
  const names = ['ada', 'ada', 'ada', 'bob', 'ada', 'bob'];
  const clients = {
    ada: await client(server, 'modern'),
    bob: await client(server, 'legacy', { token: 'bob' }),
  };
  const asked: Promise<unknown>[] = [];
  for (const [i, name] of names.entries()) {
    const word = `${name} ${i}`;
    asked.push(clients[name as 'ada' | 'bob'].client.callTool({ name: 'wait', arguments: { word } }));
    await until(() => expect(server.heard).toContain(`${word} asked`));
  }
  for (const [i, name] of names.entries()) {
    await until(() => expect(server.deeds.at(-1)).toBe(`${name} ${i} began`));
    server.release();
  }
  await Promise.all(asked);
  await Promise.all(Object.values(clients).map(({ client }) => client.close()));
  await server.close();
});

test('who is asked back answers for themselves, in both eras at once', async () => {
  const server = await serving();
  const asked = (['modern', 'legacy', 'modern', 'legacy'] as const).map(async (era, i) => {
    const { client: one } = await client(server, era, { says: `yes ${i}` });
    expect(textOf(await one.callTool({ name: 'ask', arguments: { word: `${era} ${i}` } }))).toBe(
      `ada said yes ${i} (${era} ${i}?) to ${era} ${i}`,
    );
    await one.close();
  });
  await Promise.all(asked);
  await server.close();
});

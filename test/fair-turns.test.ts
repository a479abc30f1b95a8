import { expect, test } from 'vitest';
import { fairTurns } from '../src/fair-turns.ts';
import { createTurns } from '../src/turns.ts';

/** The line, with work whose end the test holds in its hands. */
function shop() {
  const turns = createTurns();
  const of = fairTurns(turns);
  const began: string[] = [];
  const ask = (caller: string, what: string, signal?: AbortSignal) =>
    of(caller).take(what, async () => void began.push(what), signal);
  let open = () => {};
  const gate = new Promise<void>(resolve => {
    open = resolve;
  });
  const held = turns.take('held', () => gate);
  return {
    turns,
    of,
    began,
    ask,
    async opened() {
      open();
      await held;
    },
  };
}

test('who asks for much at once has one place in the line, and their own order in it', async () => {
  const { began, ask, opened } = shop();
  const asked = [0, 1, 2, 3].map(n => ask('ada', `ada ${n}`));
  asked.push(ask('bob', 'bob 0'), ask('eve', 'eve 0'), ask('bob', 'bob 1'));
  await opened();
  await Promise.all(asked);
  expect(began).toEqual(['ada 0', 'bob 0', 'eve 0', 'ada 1', 'bob 1', 'ada 2', 'ada 3']);
});

test('who gives up leaves both lines at once, and the next goes on', async () => {
  const { began, ask, opened } = shop();
  const [first, second] = [new AbortController(), new AbortController()];
  const asked = [
    ask('ada', 'ada 0', first.signal),
    ask('ada', 'ada 1', second.signal),
    ask('ada', 'ada 2'),
  ] as const;
  second.abort();
  await expect(asked[1]).rejects.toThrow('aborted');
  first.abort();
  await expect(asked[0]).rejects.toThrow('aborted');
  await opened();
  await asked[2];
  expect(began).toEqual(['ada 2']);
});

test('work that asks for a turn inside its own goes on in it, and closed turns are closed to all', async () => {
  const { turns, of, ask, opened } = shop();
  await opened();
  const { take, current } = of('ada');
  expect(await take('outer', () => take('inner', async () => current()))).toBe('outer');
  await turns.close();
  await expect(ask('ada', 'late')).rejects.toThrow('The server is stopping.');
});

import { expect, test } from 'vitest';
import { createTurns } from '../src/turns.ts';

test('one at a time, in the order in which they came, whatever becomes of each', async () => {
  const turns = createTurns();
  const told: string[] = [];
  const work = (name: string, fails = false) =>
    turns.take(name, async () => {
      told.push(`${name} begins, current: ${turns.current()}`);
      await Promise.resolve();
      told.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const results = await Promise.allSettled([work('a'), work('b', true), work('c')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(told).toEqual(['a', 'b', 'c'].flatMap(name => [`${name} begins, current: ${name}`, `${name} ends`]));
  expect(turns.current()).toBeUndefined();
});

test('work that asks for a turn inside its own goes on in it', async () => {
  const turns = createTurns();
  const told: string[] = [];
  await turns.take('outer', async () => {
    const inner = await turns.take('inner', async () => turns.current());
    told.push(`inside ${inner}`);
  });
  expect(told).toEqual(['inside outer']);
});

test('what a turn left running waits like everybody else', async () => {
  const turns = createTurns();
  const told: string[] = [];
  let goOn = () => {};
  const left = new Promise<void>(resolve => {
    goOn = resolve;
  });
  let later: Promise<void> | undefined;
  await turns.take('first', async () => {
    later = left.then(() => turns.take('left over', async () => void told.push(`as ${turns.current()}`)));
  });
  const second = turns.take('second', async () => {
    goOn();
    await new Promise(resolve => setTimeout(resolve, 5));
    told.push('second ends');
  });
  await Promise.all([second, later]);
  expect(told).toEqual(['second ends', 'as left over']);
});

test('who goes away while waiting is told at once', async () => {
  const turns = createTurns();
  const gone = new AbortController();
  let release = () => {};
  const long = turns.take(
    'long',
    () =>
      new Promise<void>(resolve => {
        release = resolve;
      }),
  );
  const waiting = turns.take('waiting', async () => 'never', gone.signal);
  gone.abort();
  await expect(waiting).rejects.toThrow('aborted');
  expect(turns.current()).toBe('long');
  release();
  await long;
  await expect(turns.take('gone before', async () => 'never', gone.signal)).rejects.toThrow('aborted');
});

test('who went away while waiting is not begun', async () => {
  const turns = createTurns();
  const gone = new AbortController();
  let begun = false;
  const before = turns.take('before', async () => gone.abort());
  const after = turns.take(
    'after',
    async () => {
      begun = true;
    },
    gone.signal,
  );
  await before;
  await expect(after).rejects.toThrow('aborted');
  expect(begun).toBe(false);
});

test('closing waits for what has begun and refuses the rest', async () => {
  const turns = createTurns();
  let release = () => {};
  let ended = false;
  const running = turns.take('running', async () => {
    await new Promise<void>(resolve => {
      release = resolve;
    });
    ended = true;
  });
  const waiting = turns.take('waiting', async () => 'never');
  await Promise.resolve();
  const closed = turns.close();
  release();
  await closed;
  await running;
  expect(ended).toBe(true);
  await expect(waiting).rejects.toThrow('The server is stopping.');
});

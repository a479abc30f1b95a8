import { expect, test } from 'vitest';
import { OperatorError } from '../../src/errors.ts';
import { type ReadEvents, readEvents } from '../../src/sources/arriving-rows.ts';
import { createTurns } from '../../src/turns.ts';
import { createIntake } from '../../src/web/intake.ts';

const now = new Date('2026-11-22T12:00:00Z');
let made = 0;
const post = (size = 1, change: object = {}): ReadEvents =>
  readEvents(
    Array.from({ length: size }, () => ({
      json: {
        event_id: `e${made++}`,
        customer_id: 'C',
        occurred_at: now.toISOString(),
        type: 'x',
        ...change,
      },
    })),
    now,
  );

/** A store that keeps how many requests came together, and turns that something else holds until it is released. */
function waitingIntake(options: { patienceMs?: number; most?: { waiting: number; atOnce: number } } = {}) {
  const turns = createTurns();
  let release = () => {};
  turns.take('a refresh', () => new Promise<void>(resolve => (release = resolve))).catch(() => {});
  const stored: string[] = [];
  const store = async (source: string, posts: readonly ReadEvents[]) => {
    stored.push(`${source} ${posts.map(({ events }) => events.length).join('+')}`);
    return posts.map(({ received }) => ({ received, stored: received, rejected: 0, alreadyThere: 0 }));
  };
  const { take } = createIntake({ turns, store, ...options });
  return {
    take: (source: string, sent: ReadEvents) => take(source, sent, sent.received),
    turns,
    stored,
    release: () => release(),
  };
}

test('requests that wait together are stored together, those of another source by themselves', async () => {
  const intake = waitingIntake({ most: { waiting: 100, atOnce: 5 } });
  const waits = [
    intake.take('shop', post(2)),
    intake.take('shop', post(2)),
    intake.take('shop', post(3)),
    intake.take('app', post()),
    intake.take('shop', post()),
    intake.take('app', post()),
  ];
  await Promise.resolve();
  intake.release();
  expect((await Promise.all(waits)).map(({ stored }) => stored)).toEqual([2, 2, 3, 1, 1, 1]);
  expect(intake.stored).toEqual(['shop 2+2', 'shop 3+1', 'app 1+1']);
});

test('what says something else of an event is stored after it', async () => {
  const intake = waitingIntake();
  const first = post(1, { event_id: 'same' });
  const waits = [first, first, post(1, { event_id: 'same', type: 'y' })].map(one => intake.take('shop', one));
  await Promise.resolve();
  intake.release();
  await Promise.all(waits);
  expect(intake.stored).toEqual(['shop 1+1', 'shop 1']);
});

test('what does not get its turn in time is turned away, and never stored', async () => {
  const intake = waitingIntake({ patienceMs: 5 });
  await expect(intake.take('shop', post())).rejects.toThrow(OperatorError);
  intake.release();
  await intake.turns.take('later', async () => {});
  expect(intake.stored).toEqual([]);
});

test('no more waits than may', async () => {
  const intake = waitingIntake({ most: { waiting: 3, atOnce: 5 } });
  const waits = [intake.take('shop', post(2))];
  await expect(intake.take('shop', post(2))).rejects.toThrow('busy');
  // What is rejected row by row takes room as well.
  await expect(intake.take('shop', post(2, { type: '' }))).rejects.toThrow('busy');
  waits.push(intake.take('shop', post(1)));
  await Promise.resolve();
  intake.release();
  await Promise.all(waits);
  expect(intake.stored).toEqual(['shop 2+1']);
});

test('when the server stops, those that wait are turned away', async () => {
  const intake = waitingIntake();
  const wait = intake.take('shop', post());
  await Promise.resolve();
  const closed = intake.turns.close();
  intake.release();
  await expect(wait).rejects.toThrow('stopping');
  await closed;
  expect(intake.stored).toEqual([]);
});

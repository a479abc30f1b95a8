import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLine } from '../../../src/slack/talk/line.ts';

const never = new AbortController().signal;

/** Work that ends when it is told to, and says when it began. */
function gated(line: ReturnType<typeof createLine>) {
  const begun: string[] = [];
  const waited: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    begun,
    waited,
    end: async (name: string) => {
      ends.get(name)!();
      await new Promise(resolve => setImmediate(resolve));
    },
    take: (name: string, thread: string, person: string, signal = never) =>
      line.take({ thread, person, signal, waits: () => waited.push(name) }, () => {
        begun.push(name);
        return new Promise<string>(resolve => ends.set(name, () => resolve(name)));
      }),
  };
}

const soon = () => new Promise(resolve => setImmediate(resolve));

describe('a line', () => {
  test('serves a thread in its order, and others beside it', async () => {
    const line = gated(createLine(3));
    const done = [line.take('a1', 'a', 'anna'), line.take('a2', 'a', 'ben'), line.take('b1', 'b', 'anna')];
    await soon();
    expect(line.begun).toEqual(['a1', 'b1']);
    expect(line.waited).toEqual(['a2']);
    await line.end('a1');
    expect(line.begun).toEqual(['a1', 'b1', 'a2']);
    await line.end('b1');
    await line.end('a2');
    expect(await Promise.all(done)).toEqual(['a1', 'a2', 'b1']);
  });

  test('takes next whoever has the fewest under way', async () => {
    const line = gated(createLine(2));
    for (const i of [1, 2, 3, 4]) void line.take(`anna ${i}`, `anna ${i}`, 'anna');
    void line.take('ben', 'ben', 'ben');
    await soon();
    expect(line.begun).toEqual(['anna 1', 'anna 2']);
    await line.end('anna 1');
    expect(line.begun).toEqual(['anna 1', 'anna 2', 'ben']);
    await line.end('anna 2');
    expect(line.begun).toEqual(['anna 1', 'anna 2', 'ben', 'anna 3']);
  });

  test('lets those go who are called back while they wait, and no one else', async () => {
    const line = gated(createLine(1));
    const back = new AbortController();
    void line.take('first', 'a', 'anna');
    const left = line.take('second', 'a', 'anna', back.signal);
    void line.take('third', 'a', 'anna');
    await soon();
    back.abort(new Error('called back'));
    await expect(left).rejects.toThrow('called back');
    await line.end('first');
    expect(line.begun).toEqual(['first', 'third']);
    await expect(line.take('fourth', 'b', 'anna', back.signal)).rejects.toThrow('called back');
  });

  test('goes on after work that fails', async () => {
    const line = createLine(1);
    const place = { thread: 'a', person: 'anna', signal: never, waits: () => {} };
    const fails = line.take(place, async () => {
      throw new Error('broken');
    });
    const after = line.take(place, async () => 'well');
    await expect(fails).rejects.toThrow('broken');
    expect(await after).toBe('well');
  });

  test('loses nobody, never serves too many or one thread twice, and keeps its order', async () => {
    const asked = fc.array(fc.record({ thread: fc.nat(5), person: fc.nat(3), steps: fc.nat(3) }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(asked, fc.integer({ min: 1, max: 4 }), async (all, atOnce) => {
        const line = createLine(atOnce);
        const now: number[] = [];
        const ended = new Map<number, number[]>();
        const work = async (thread: number, steps: number, i: number) => {
          expect(now).not.toContain(thread);
          now.push(thread);
          expect(now.length).toBeLessThanOrEqual(atOnce);
          for (let step = 0; step < steps; step++) await Promise.resolve();
          now.splice(now.indexOf(thread), 1);
          ended.set(thread, [...(ended.get(thread) ?? []), i]);
          return i;
        };
        const places = all.map(({ thread, person, steps }, i) =>
          line.take({ thread: `${thread}`, person: `${person}`, signal: never, waits: () => {} }, () =>
            work(thread, steps, i),
          ),
        );
        expect(await Promise.all(places)).toEqual(all.map((_, i) => i));
        for (const order of ended.values()) expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
    );
  });
});

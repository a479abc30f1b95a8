import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type CountedTrigger,
  createEngine,
  type Hit,
  type TriggerChange,
} from '../../../src/segmentation/triggers/engine.ts';
import { type CountedCondition, lateness } from '../../../src/segmentation/triggers/track.ts';
import { wakeQueue } from '../../../src/segmentation/triggers/wake-queue.ts';

const day = 86_400_000;

/** What is in at a moment, from all hits, by the definition alone. */
function isIn(
  conditions: readonly CountedCondition[],
  hits: readonly Hit[],
  profileId: string,
  now: number,
): boolean {
  return conditions.every(({ signal, span, daily, atLeast, atMost }) => {
    const all = hits.filter(hit => hit.signal === signal && hit.profileId === profileId).map(({ at }) => at);
    const firsts = daily
      ? all.filter(
          (at, i) =>
            !all.some(
              (other, j) =>
                Math.floor(other / day) === Math.floor(at / day) && (other < at || (other === at && j < i)),
            ),
        )
      : all;
    const count = firsts.filter(at => at <= now && now < at + span).length;
    return count >= (atLeast ?? 0) && count <= (atMost ?? Number.POSITIVE_INFINITY);
  });
}

/** Few moments and short windows, so that bounds are met exactly, often. */
const unit = day / 4;
const condition = fc
  .record({
    signal: fc.nat({ max: 2 }),
    span: fc.integer({ min: 1, max: 8 }).map(units => units * unit),
    daily: fc.boolean(),
  })
  .chain(base =>
    fc.oneof(
      fc.integer({ min: 1, max: 3 }).map(atLeast => ({ ...base, atLeast })),
      fc.integer({ min: 0, max: 2 }).map(atMost => ({ ...base, atMost })),
    ),
  );
const trigger = fc
  .tuple(
    fc.record({
      signal: fc.nat({ max: 2 }),
      span: fc.integer({ min: 1, max: 8 }).map(units => units * unit),
      daily: fc.boolean(),
      atLeast: fc.integer({ min: 1, max: 3 }),
    }),
    fc.array(condition, { maxLength: 2 }),
  )
  .map(([first, rest]): CountedCondition[] => [first, ...rest]);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      signal: fc.nat({ max: 2 }),
      profileId: fc.constantFrom('a', 'b'),
      offset: fc.integer({ min: -12, max: 6 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 5 }) }) },
);

/** Moments that lie near each other beside how late an event may come. */
const short = lateness / 4;
const scaled = (conditions: readonly CountedCondition[]) =>
  conditions.map(condition => ({ ...condition, span: (condition.span / unit) * short }));

describe('the engine', () => {
  test('has at every moment those in whom the events as they are known tell, and reports each change once', () => {
    fc.assert(
      fc.property(
        fc.array(trigger, { minLength: 1, maxLength: 2 }),
        fc.array(step, { maxLength: 40 }),
        (rules, steps) => {
          const begin = 100 * day;
          const triggers: CountedTrigger[] = rules.map((conditions, i) => ({ id: `t${i}`, conditions }));
          const engine = createEngine(triggers, begin);
          const hits: Hit[] = [];
          const told = new Map<string, boolean>();
          const flips: TriggerChange[] = [];
          const take = (changes: TriggerChange[]) => {
            for (const change of changes.filter(({ kind }) => kind !== 'past')) {
              const key = `${change.triggerId} ${change.profileId}`;
              expect(change.kind === 'entered').toBe(!(told.get(key) ?? false));
              told.set(key, change.kind === 'entered');
              flips.push(change);
            }
          };
          let now = begin;
          for (const taken of steps) {
            if ('pass' in taken) {
              const before = now;
              now += taken.pass * unit;
              const changes = engine.advance(now);
              take(changes);
              // No moment between is missed: it is as it was said to be after the last change up to it.
              for (const { id, conditions } of triggers)
                for (const profileId of ['a', 'b'])
                  for (let at = before + unit; at <= now; at += unit) {
                    const last = flips
                      .filter(flip => flip.triggerId === id && flip.profileId === profileId && flip.at <= at)
                      .at(-1);
                    expect(last?.kind === 'entered').toBe(isIn(conditions, hits, profileId, at));
                  }
            } else {
              const hit = { signal: taken.signal, profileId: taken.profileId, at: now + taken.offset * unit };
              hits.push(hit);
              take(engine.observe(hit));
            }
            for (const { id, conditions } of triggers)
              expect(engine.members(id).sort()).toEqual(
                ['a', 'b'].filter(profileId => isIn(conditions, hits, profileId, now)),
              );
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('tells the whole history: where it does not say "past", its intervals are those of the events', () => {
    fc.assert(
      fc.property(trigger, fc.array(step, { maxLength: 30 }), (given, steps) => {
        const conditions = scaled(given);
        const begin = 100 * day;
        const engine = createEngine([{ id: 't', conditions }], begin);
        const hits: Hit[] = [];
        const changes: TriggerChange[] = [];
        let now = begin;
        for (const taken of steps) {
          if ('pass' in taken) {
            now += taken.pass * short;
            changes.push(...engine.advance(now));
          } else {
            const hit = {
              signal: taken.signal,
              profileId: taken.profileId,
              at: now + Math.max(-3, taken.offset) * short,
            };
            hits.push(hit);
            changes.push(...engine.observe(hit));
          }
        }
        for (const profileId of ['a', 'b']) {
          const own = changes.filter(change => change.profileId === profileId);
          if (own.some(({ kind }) => kind === 'past')) continue;
          for (let at = begin; at <= now; at += short) {
            const last = own.filter(flip => flip.at <= at).at(-1);
            expect(last?.kind === 'entered').toBe(isIn(conditions, hits, profileId, at));
          }
          const moments = own.map(({ at }) => at);
          expect(new Set(moments).size).toBe(moments.length);
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('tells anew what a late event changed, as far back as events are kept', () => {
    let told = 0;
    fc.assert(
      fc.property(trigger, fc.array(step, { maxLength: 30 }), (given, steps) => {
        const conditions = scaled(given);
        const engine = createEngine([{ id: 't', conditions }], 100 * day);
        const hits: Hit[] = [];
        let now = 100 * day;
        for (const taken of steps) {
          if ('pass' in taken) {
            now += taken.pass * short;
            engine.advance(now);
            continue;
          }
          const { signal, profileId, offset } = taken;
          const hit = { signal, profileId, at: now + offset * short };
          hits.push(hit);
          for (const { kind, at } of engine.observe(hit)) {
            if (kind !== 'past') continue;
            const intervals = engine.historySince('t', profileId, at);
            expect(intervals === null).toBe(at <= now - lateness);
            if (!intervals) continue;
            told++;
            for (let moment = at; moment <= now; moment += short) {
              const inside = intervals.some(
                ({ enteredAt, leftAt }) => enteredAt <= moment && (leftAt === null || moment < leftAt),
              );
              expect(inside).toBe(isIn(conditions, hits, profileId, moment));
            }
          }
        }
      }),
      { numRuns: 2000 },
    );
    expect(told).toBeGreaterThan(100);
  });

  const thrice: CountedTrigger = {
    id: 't',
    conditions: [{ signal: 0, span: 7 * day, atLeast: 2, daily: false }],
  };
  const hit = (at: number, profileId = 'a'): Hit => ({ signal: 0, profileId, at });

  test('an event counts from its moment until, and not at, the end of the window', () => {
    const engine = createEngine([thrice], 0);
    expect(engine.observe(hit(0))).toEqual([]);
    engine.advance(day);
    expect(engine.observe(hit(day))).toEqual([{ kind: 'entered', triggerId: 't', profileId: 'a', at: day }]);
    expect(engine.nextAt()).toBe(7 * day);
    expect(engine.advance(7 * day - 1)).toEqual([]);
    expect(engine.members('t')).toEqual(['a']);
    expect(engine.advance(7 * day)).toEqual([{ kind: 'left', triggerId: 't', profileId: 'a', at: 7 * day }]);
    expect(engine.members('t')).toEqual([]);
  });

  test('leaving has its own moment, however late time is let pass', () => {
    const engine = createEngine([thrice], 0);
    for (const at of [0, 1000]) {
      engine.advance(at);
      engine.observe(hit(at));
    }
    expect(engine.advance(30 * day)).toEqual([{ kind: 'left', triggerId: 't', profileId: 'a', at: 7 * day }]);
  });

  test('an event from ahead counts from its time on', () => {
    const engine = createEngine([thrice], 0);
    engine.observe(hit(0));
    expect(engine.observe(hit(5000))).toEqual([]);
    expect(engine.members('t')).toEqual([]);
    expect(engine.advance(5000)).toEqual([{ kind: 'entered', triggerId: 't', profileId: 'a', at: 5000 }]);
  });

  test('lets go of customers of whom nothing can matter any more', () => {
    const engine = createEngine([thrice], 0);
    for (let i = 0; i < 100; i++) engine.observe(hit(0, `p${i}`));
    engine.advance(60 * day);
    expect(engine.nextAt()).toBe(Number.POSITIVE_INFINITY);
  });
});

test('the queue gives what was pushed, the least time first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 50 })), times => {
      const queue = wakeQueue<number>();
      for (const at of times) queue.push(at, at);
      const popped: number[] = [];
      while (queue.nextAt() < Number.POSITIVE_INFINITY) popped.push(queue.pop()!);
      expect(popped).toEqual([...times].sort((a, b) => a - b));
      expect(queue.pop()).toBeUndefined();
    }),
  );
});

import fc from 'fast-check';
import { expect } from 'vitest';
import type { Destination, Member, Outcome, Target } from '../../../src/activation/destination.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import type { Fault } from '../../support/vendors/others/mock-http.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

export function memberOf(i: number, more: Partial<Member> = {}): Member {
  return {
    profileId: `shop/C${i}`,
    email: `p${i}@x.org`,
    phone: `+4420794600${String(i).padStart(2, '0')}`,
    country: 'GB',
    ids: [{ source: 'shop', id: `C${i}` }],
    properties: {},
    consent: 'granted',
    ...more,
  };
}

/** A vendor to try a destination on. */
export interface World {
  connection: Connection;
  /** Makes the mock as new, with a target of this name in it, and somebody else already in the target. */
  begin(): Promise<Target>;
  faults: Fault[];
  /** Keys of all who are in the target now. */
  inside(): Promise<readonly string[]> | readonly string[];
  /** The key of who was in it before. */
  stranger: string;
}

const kinds: readonly Fault[] = ['none', 'none', 'busy', 'error', 'drop before', 'drop after', 'error after'];

/**
 * After any sequence of additions and removals, with faults before and after their effect, who is in it is who the outcomes
 * say, beside those who were in it before. A call that fails is made again under the same id, as the outbox does.
 */
export async function keepsMembership(destination: Destination, world: World, runs: number): Promise<void> {
  const step = fc.record({
    add: fc.boolean(),
    who: fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 14 }),
    faults: fc.array(fc.constantFrom(...kinds), { maxLength: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async steps => {
      const target = await world.begin();
      const platform = virtualPlatform();
      const expected = new Set<string>();
      let batch = 0;
      for (const { add, who, faults } of steps) {
        world.faults.splice(0, world.faults.length, ...faults);
        const id = `batch ${batch++}`;
        const members = who.map(i => memberOf(i));
        const known = members.map(member => ({
          profileId: member.profileId,
          key: (destination.keyOf(world.connection, member) as { key: string }).key,
        }));
        const outcomes = await untilDone(() =>
          add
            ? destination.add(world.connection, target, members, id, platform)
            : destination.remove(world.connection, target, known, id, platform),
        );
        expect(outcomes.map(({ profileId }) => profileId).sort()).toEqual(
          members.map(({ profileId }) => profileId).sort(),
        );
        for (const outcome of outcomes) {
          expect(outcome.kind).toBe('done');
          if (outcome.kind === 'done' && add) expected.add(outcome.key);
          else if (outcome.kind === 'done') expected.delete(outcome.key);
        }
      }
      world.faults.length = 0;
      expect([...(await world.inside())].sort()).toEqual([...expected, world.stranger].sort());
      if (destination.members) {
        const told: string[] = [];
        for await (const keys of destination.members(world.connection, target, platform)) told.push(...keys);
        expect(told.sort()).toEqual([...expected, world.stranger].sort());
      }
    }),
    { numRuns: runs, seed: 8 },
  );
}

async function untilDone(call: () => Promise<Outcome[]>): Promise<Outcome[]> {
  for (let tries = 0; ; tries++) {
    try {
      const outcomes = await call();
      if (outcomes.every(({ kind }) => kind !== 'again')) return outcomes;
    } catch (error) {
      if (tries > 5) throw error;
    }
    if (tries > 10) throw new Error('never done');
  }
}

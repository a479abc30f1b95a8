import fc from 'fast-check';
import { expect } from 'vitest';
import type { Destination, Member, Target } from '../../../src/activation/destination.ts';
import { UpstreamError } from '../../../src/errors.ts';
import type { Connection } from '../../../src/vendors/vendor.ts';
import type { Fault } from './faulty-server.ts';
import { virtualPlatform } from './virtual-platform.ts';

export interface Stage {
  connection: Connection;
  target: Target;
  /** E-mails that are in the list, sorted. */
  members(): string[];
  close(): Promise<void>;
}

export function memberOf(email: string | null, segment = 'Loyal'): Member {
  return {
    profileId: `profile/${email}`,
    email,
    phone: null,
    country: null,
    ids: [],
    properties: { kindred_segment: segment },
    consent: 'granted',
  };
}

const faults: readonly (Fault | null)[] = ['429', '500', '500 after', 'drop', 'drop after', 'slow', null];

/**
 * After any adds and removes with any faults, and any of the calls given up in the middle and made again, the list holds
 * those of whom it was said last that they were added, and all who were in it before.
 */
export async function membershipLaw(
  destination: Destination,
  people: readonly string[],
  before: readonly string[],
  stage: (faultOf: (request: number) => Fault | null) => Promise<Stage>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ way: fc.constantFrom('add', 'remove'), who: fc.subarray([...people], { minLength: 1 }) }),
        { minLength: 1, maxLength: 5 },
      ),
      fc.array(fc.constantFrom(...faults), { minLength: 1, maxLength: 12 }),
      async (steps, plan) => {
        let isFaulty = false;
        const faultOf = (request: number) => (isFaulty ? (plan[request % plan.length] ?? null) : null);
        const { connection, target, members, close } = await stage(faultOf);
        try {
          const platform = virtualPlatform();
          const there = new Set(before);
          for (const [i, { way, who }] of steps.entries()) {
            const call = () =>
              way === 'add'
                ? destination.add(
                    connection,
                    target,
                    who.map(one => memberOf(one)),
                    `b${i}`,
                    platform,
                  )
                : destination.remove(
                    connection,
                    target,
                    who
                      .filter(one => !before.includes(one))
                      .map(one => ({ profileId: `profile/${one}`, key: one })),
                    `b${i}`,
                    platform,
                  );
            isFaulty = true;
            const outcomes = await call().catch(error => {
              // Given up half done, and made again as the outbox does once the vendor answers.
              if (!(error instanceof UpstreamError)) throw error;
              isFaulty = false;
              return call();
            });
            for (const outcome of outcomes)
              if (outcome.kind === 'done') way === 'add' ? there.add(outcome.key) : there.delete(outcome.key);
          }
          expect(members()).toEqual([...there].sort());
        } finally {
          await close();
        }
      },
    ),
    { numRuns: 8, seed: 8 },
  );
}

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Outcome, Target } from '../../../src/activation/destination.ts';
import { klaviyoDestination } from '../../../src/activation/destinations/klaviyo.ts';
import { UpstreamError } from '../../../src/errors.ts';
import { type Fault, mockKlaviyo } from '../../support/vendors/klaviyo/mock-klaviyo.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

const name = 'Kindred: A list';
const people = 8;
const emailOf = (i: number) => `person${i}@example.org`;

const step = fc.record({
  action: fc.constantFrom('add', 'remove'),
  who: fc.uniqueArray(fc.nat({ max: people - 1 }), { minLength: 1, maxLength: people }),
  segment: fc.constantFrom('One', 'Two', null),
  /** After so many requests of the step the process is killed; then the step is made anew. */
  killedAfter: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
});

const faults = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom<Fault>('429', '500', '500 after', 'drop', 'drop after') },
  ),
  { maxLength: 60 },
);

test('whatever goes wrong, the list holds whom the ledger says, and who was in it before Kindred came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), faults, async (steps, failing) => {
      const platform = virtualPlatform();
      const before = ['before@example.org', 'first@example.org'];
      const klaviyo = await mockKlaviyo({
        now: platform.now,
        jobMs: () => 7000,
        profiles: before.map(email => ({ email, properties: { kindred_segment: 'theirs' } })),
        lists: { [name]: before },
        faultOf: n => failing[n] ?? null,
      });
      const { connection } = klaviyo;
      let target: Target = { name, id: null, options: {} };
      const ledger = new Map<string, string | null>();
      for (const [number, { action, who, segment, killedAfter }] of steps.entries()) {
        const call = async (world: typeof platform): Promise<Outcome[]> => {
          target = await klaviyoDestination.ensure(connection, target, world);
          const members = who.map(i => ({
            profileId: String(i),
            email: emailOf(i),
            phone: null,
            country: null,
            ids: [],
            properties: { kindred_segment: segment },
            consent: 'granted' as const,
          }));
          const known = who.map(i => ({ profileId: String(i), key: emailOf(i) }));
          return action === 'add'
            ? klaviyoDestination.add(connection, target, members, `batch ${number}`, world)
            : klaviyoDestination.remove(connection, target, known, `batch ${number}`, world);
        };
        if (killedAfter !== null) {
          const killed = new AbortController();
          const last = klaviyo.requests.length + killedAfter;
          const dying = {
            ...platform,
            signal: killed.signal,
            fetch: (async (...args) => {
              if (klaviyo.requests.length >= last) killed.abort(new Error('killed'));
              killed.signal.throwIfAborted();
              return platform.fetch(...args);
            }) as typeof fetch,
          };
          await call(dying).catch(error => {
            if (!killed.signal.aborted && !(error instanceof UpstreamError)) throw error;
          });
        }
        let waiting = new Set(who);
        for (let tries = 0; waiting.size > 0 && tries < 20; tries++) {
          const outcomes = await call(platform).catch(error => {
            if (error instanceof UpstreamError) return null;
            throw error;
          });
          if (outcomes) waiting = new Set(who.filter((_, i) => outcomes[i]!.kind !== 'done'));
        }
        expect(waiting.size).toBe(0);
        for (const i of who)
          if (action === 'add') ledger.set(emailOf(i), segment);
          else ledger.delete(emailOf(i));
      }
      klaviyo.finishJobs();
      expect(klaviyo.membersOf(name)).toEqual([...before, ...ledger.keys()].sort());
      for (const [email, segment] of ledger)
        expect(klaviyo.propertiesOf(email)?.kindred_segment).toBe(segment ?? undefined);
      for (const email of before) expect(klaviyo.propertiesOf(email)).toEqual({ kindred_segment: 'theirs' });
      expect(klaviyo.listNames()).toEqual([name]);
      expect(klaviyo.overLimit).toBe(0);
      await klaviyo.close();
    }),
    { numRuns: 30, seed: 8 },
  );
}, 60_000);

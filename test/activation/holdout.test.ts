import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdoutArm, newHoldoutKey } from '../../src/activation/holdout.ts';

const people = (count: number) => Array.from({ length: count }, (_, i) => `shop/C${i}`);
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => Buffer.from(bytes).toString('hex'));

test('who is held out depends on the key and the profile alone, and a larger share keeps those of a smaller one', () => {
  fc.assert(
    fc.property(
      key,
      fc.shuffledSubarray(people(200)),
      fc.double({ min: 0.05, max: 0.1, noNaN: true }),
      (secret, some, share) => {
        const arms = new Map(people(200).map(id => [id, holdoutArm(secret, id, share)]));
        for (const id of some) {
          expect(holdoutArm(secret, id, share)).toBe(arms.get(id));
          if (holdoutArm(secret, id, 0.05) === 'holdout') expect(arms.get(id)).toBe('holdout');
        }
      },
    ),
    { numRuns: 50 },
  );
});

test('the share that is held out is close to what was asked, and two syncs hold out others', () => {
  const all = people(40_000);
  const held = (secret: string, share: number) =>
    new Set(all.filter(id => holdoutArm(secret, id, share) === 'holdout'));
  for (const share of [0.05, 0.08, 0.1]) {
    const one = held('a1'.repeat(32), share);
    const other = held('b2'.repeat(32), share);
    // Four standard deviations of a fair draw.
    const apart = 4 * Math.sqrt(share * (1 - share) * all.length);
    expect(Math.abs(one.size - share * all.length)).toBeLessThan(apart);
    const both = [...one].filter(id => other.has(id)).length;
    expect(Math.abs(both - share ** 2 * all.length)).toBeLessThan(4 * Math.sqrt(share ** 2 * all.length));
  }
});

test('each sync has a key of its own', () => {
  expect(newHoldoutKey()).toMatch(/^[0-9a-f]{64}$/);
  expect(newHoldoutKey()).not.toBe(newHoldoutKey());
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentIndex } from '../../../src/segmentation/lookup/segment-index.ts';

const pause = async () => {};
const name = fc.string({ minLength: 1, maxLength: 12 }).filter(text => !text.includes('/'));
const entry = fc.record({ source: name, id: fc.string({ maxLength: 20 }), segment: fc.nat(254) });

test('every id is found with its segment, and no other is', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(entry, { selector: ({ source, id }) => `${source}/${id}`, maxLength: 300 }),
      fc.array(fc.record({ source: name, id: fc.string({ maxLength: 20 }) }), { maxLength: 50 }),
      async (entries, others) => {
        const keys = entries.map(({ source, id }) => `${source}/${id}`);
        const index = await segmentIndex(
          keys,
          entries.map(({ segment }) => segment),
          pause,
        );
        for (const { source, id, segment } of entries) expect(index.find(source, id)).toBe(segment);
        for (const { source, id } of others)
          if (!keys.includes(`${source}/${id}`)) expect(index.find(source, id)).toBeUndefined();
      },
    ),
  );
});

test('others have the thread in between', async () => {
  let pauses = 0;
  const keys = Array.from({ length: 10_000 }, (_, i) => `shop/${i}`);
  const index = await segmentIndex(keys, new Float64Array(10_000).fill(3), async () => {
    pauses += 1;
  });
  expect(pauses).toBeGreaterThanOrEqual(4);
  expect(keys.every((_, i) => index.find('shop', String(i)) === 3)).toBe(true);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter } from '../../../src/segmentation/audiences/filter/filter.ts';
import { canonicalFilter, handleFor, sameFilter } from '../../../src/segmentation/audiences/handle.ts';

const handleOf = async (filter: Filter, bearer?: (handle: string) => Filter | undefined) => {
  const { handle } = await handleFor(filter, async asked => {
    const held = bearer?.(asked);
    return held && { filter: held };
  });
  return handle;
};
const lapsed: Filter = {
  all: [{ segment: ['lapsed', 'at-risk'] }, { field: 'churn_probability', below: 0.6 }],
};

test('the same question has the same handle, however it is written', async () => {
  const handle = await handleOf(lapsed);
  expect(handle).toMatch(/^a-[0-9a-f]{8}$/);
  const others: Filter[] = [
    { all: [{ segment: ['at-risk', 'lapsed'] }, { below: 0.6, field: 'churn_probability' }] },
    { all: [{ field: 'churn_probability', below: 0.6 }, { segment: ['lapsed', 'at-risk', 'lapsed'] }] },
    { all: [{ all: [lapsed] }] },
    JSON.parse('{"all":[{"segment":["lapsed","at-risk"]},{"below":6.0e-1,"field":"churn_probability"}]}'),
  ];
  for (const other of others) expect(await handleOf(other)).toBe(handle);
});

test('another question has another handle', async () => {
  const questions: Filter[] = [
    lapsed,
    { any: [{ segment: ['lapsed', 'at-risk'] }, { field: 'churn_probability', below: 0.6 }] },
    { not: lapsed },
    { segment: 'lapsed' },
    { segment: ['lapsed', 'at-risk'] },
    { field: 'churn_probability', below: 0.6 },
    { field: 'churn_probability', atMost: 0.6 },
    { field: 'churn_probability', below: 0.60001 },
  ];
  const handles = await Promise.all(questions.map(question => handleOf(question)));
  expect(new Set(handles).size).toBe(questions.length);
});

test('a handle that another filter bears is made longer, until nobody bears it', async () => {
  const other: Filter = { segment: 'others' };
  const plain = await handleOf(lapsed);
  const longer = await handleOf(lapsed, handle => (handle === plain ? other : undefined));
  expect(longer).toMatch(/^a-[0-9a-f]{16}$/);
  expect(longer.startsWith(plain)).toBe(true);
  expect(await handleOf(lapsed, handle => (handle.length < 40 ? other : undefined))).toMatch(
    /^a-[0-9a-f]{64}$/,
  );
  // One that it bears itself is its own.
  expect(await handleOf(lapsed, () => lapsed)).toBe(plain);
});

const word = fc.string({ unit: 'binary', minLength: 1, maxLength: 8 });
const words = fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 4 }));
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const { filter } = fc.letrec<{ filter: Filter }>(tie => ({
  filter: fc.oneof(
    { depthSize: 'small' },
    fc.record({ segment: words }),
    fc.record({ field: word, above: number, is: words }, { requiredKeys: ['field'] }),
    fc.record({
      events: fc.record({ type: words, within: fc.integer({ min: 1 }) }, { requiredKeys: ['type'] }),
    }),
    fc.record({ all: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
}));

/** The same with the keys of every object, and the items of every list, the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, item]) => [key, reversed(item)])
      .reverse(),
  );
}

test('the order of keys, names and clauses makes no difference, and the canonical text is that of itself', () => {
  fc.assert(
    fc.property(filter, asked => {
      expect(canonicalFilter(reversed(asked) as Filter)).toBe(canonicalFilter(asked));
      const again = JSON.parse(canonicalFilter(asked)) as Filter;
      expect(sameFilter(again, asked)).toBe(true);
    }),
  );
});

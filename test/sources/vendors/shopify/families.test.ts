import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Part, partsOf, partsWithFamilies } from '../../../../src/sources/vendors/shopify/families.ts';

async function* told(lines: readonly string[]) {
  for (const line of lines) yield { line };
}

async function read(lines: readonly string[], parts: number, from = 0): Promise<Part[]> {
  const found: Part[] = [];
  for await (const part of partsWithFamilies(told(lines), parts, from)) found.push(part);
  return found;
}

const id = (number: number) => `gid://shopify/Order/${number}`;

it('brings every child to its parent, wherever they stand and into however many parts the file goes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.nat(10_000), { maxLength: 30 }),
      fc.array(fc.nat(40), { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.nat(), { minLength: 100, maxLength: 100 }),
      async (roots, owners, parts, places) => {
        const lines = [
          ...roots.map(number => JSON.stringify({ id: id(number), name: '„ü“\n' })),
          ...owners.map((owner, i) =>
            JSON.stringify({ id: `line ${i}`, __parentId: id(roots[owner] ?? 10_001) }),
          ),
        ];
        const mixed = lines
          .map((line, i) => ({ line, place: places[i % places.length]! }))
          .sort((a, b) => a.place - b.place)
          .map(({ line }) => line);
        const found = await read(mixed, parts);
        expect(found).toHaveLength(parts);
        const families = found.flatMap(part => part.families);
        expect(families.map(({ root }) => root.id).sort()).toEqual(roots.map(id).sort());
        for (const { root, children } of families)
          expect(children.map(child => child.id).sort()).toEqual(
            owners
              .flatMap((owner, i) =>
                roots[owner] !== undefined && id(roots[owner]!) === root.id ? [`line ${i}`] : [],
              )
              .sort(),
          );
        const orphans = owners.filter(owner => roots[owner] === undefined).length;
        expect(found.reduce((sum, part) => sum + part.orphans, 0)).toBe(orphans);
        // The same parts in the same order, so that a pull may go on at any of them.
        const ids = (all: Part[]) => all.map(part => part.families.map(({ root }) => root.id));
        expect(ids(await read(lines, parts))).toEqual(ids(found));
        const from = parts - 1;
        expect(ids(await read(mixed, parts, from)).slice(-1)).toEqual(ids(found).slice(-1));
        if (parts > 1) expect(await read(mixed, parts, from)).toHaveLength(1);
      },
    ),
    { numRuns: 60 },
  );
});

it('divides a file by its length alone', () => {
  expect([0, 1, 20_000, 20_001, 4_000_000, 1e9].map(partsOf)).toEqual([1, 1, 1, 2, 200, 256]);
});

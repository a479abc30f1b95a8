import { describe, expect, it } from 'vitest';
import { chooseK } from '../../src/clustering/choose-k.ts';
import { drawReference, fitCopula } from '../../src/clustering/copula.ts';
import { createMatrix, matrixOf } from '../../src/clustering/matrix.ts';
import { createRandom } from '../../src/clustering/random.ts';
import { mixture } from './made-rows.ts';

describe('chooseK', () => {
  it.each([3, 5, 8])('finds %i planted groups', async groups => {
    const { matrix } = mixture({ rows: 2500, cols: 10, groups, spread: 2, seed: groups + 1 });
    const { k, reason, table } = await chooseK(matrix, { min: 2, max: 10, seed: 1 });
    expect(k).toBe(groups);
    expect(reason).toMatch(new RegExp(`^${groups} groups: `));
    expect(table.map(row => row.k)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(table.every(row => row.why.length > 0)).toBe(true);
  });

  it('finds none where features only go together', async () => {
    const { matrix } = mixture({ rows: 2500, cols: 10, groups: 5, spread: 2, seed: 5 });
    const shuffled = drawReference(fitCopula(matrix), 2500, 9, 9);
    const { k, reason } = await chooseK(shuffled, { min: 2, max: 8, seed: 1 });
    expect(k).toBeNull();
    expect(reason).toMatch(/^No stable groups here: /);
  });

  it('finds none in one skewed, zero-inflated cloud', async () => {
    const random = createRandom(2);
    const matrix = createMatrix(2500, 8);
    for (let i = 0; i < 2500; i++) {
      const size = random.normal();
      for (let j = 0; j < 8; j++) {
        const value = Math.exp(0.5 * (size + random.normal()));
        matrix.data[i * 8 + j] = j < 3 && random.uniform() < 0.7 ? 0 : value;
      }
    }
    expect((await chooseK(matrix, { min: 2, max: 8, seed: 1 })).k).toBeNull();
  });

  it('finds none in one cloud whose many zeros go together', async () => {
    const random = createRandom(5);
    const matrix = createMatrix(2500, 6);
    for (let i = 0; i < 2500; i++) {
      const leaning = random.normal();
      for (let j = 0; j < 6; j++)
        matrix.data[i * 6 + j] = 2 * Math.max(0, 0.9 * leaning + 0.44 * random.normal() - 0.5);
    }
    expect((await chooseK(matrix, { min: 2, max: 6, seed: 1 })).k).toBeNull();
  });

  it('lets no group of a few customers through', async () => {
    const { matrix } = mixture({ rows: 2500, cols: 6, groups: 3, spread: 3, seed: 1 });
    for (let i = 0; i < 20; i++) matrix.data.fill(12, i * 6, i * 6 + 6);
    const { k, table } = await chooseK(matrix, { min: 2, max: 6, seed: 1 });
    expect(k).toBe(3);
    expect(table.find(row => row.k === 4)!.why).toMatch(/smallest group has 20 customers \(1 %\)/);
  });

  it('takes a k that was asked for, and says what it thinks of it', async () => {
    const { matrix } = mixture({ rows: 1500, cols: 5, groups: 4, spread: 3, seed: 2 });
    const { k, reason, table } = await chooseK(matrix, { min: 6, max: 6, seed: 1 });
    expect(k).toBe(6);
    expect(reason).toMatch(/^6 groups, as asked for\. What the measures say of them: /);
    expect(table).toHaveLength(1);
  });

  it('gives the same choice for the same seed, and counts its work', async () => {
    const { matrix } = mixture({ rows: 800, cols: 4, groups: 3, spread: 3, seed: 4 });
    const steps: [number, number][] = [];
    const options = { min: 2, max: 4, seed: 3 };
    const first = await chooseK(matrix, options, undefined, (done, total) => steps.push([done, total]));
    expect(await chooseK(matrix, options)).toEqual(first);
    expect(steps.map(([done]) => done)).toEqual(steps.map((_, i) => i + 1));
    expect(steps.at(-1)![0]).toBe(steps.at(-1)![1]);
  });

  it('takes customers who are all alike, one customer, none, and no features', async () => {
    const alike = createMatrix(300, 3);
    const options = { min: 2, max: 12, seed: 1 };
    for (const matrix of [alike, createMatrix(1, 3), createMatrix(0, 3), createMatrix(300, 0)]) {
      const { k, reason, table } = await chooseK(matrix, options);
      expect(k).toBeNull();
      expect(reason).toMatch(/look alike|there are no customers/);
      expect(table).toEqual([]);
    }
  });

  it('measures fewer k where there are fewer different customers', async () => {
    const matrix = createMatrix(600, 2);
    for (let i = 0; i < 600; i++) matrix.data.set([i % 3, (i % 3) ** 2], i * 2);
    const { table } = await chooseK(matrix, { min: 2, max: 12, seed: 1 });
    expect(table.map(row => row.k)).toEqual([2, 3]);
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
    const fixed = await chooseK(matrix, { min: 5, max: 5, seed: 1 });
    expect(fixed.k).toBeNull();
    expect(fixed.reason).toMatch(/5 groups need at least 5 customers who differ, and there are 3\./);
  });

  it('takes one group where one is asked for, and values so rare that a reference misses them', async () => {
    const { matrix } = mixture({ rows: 400, cols: 2, groups: 3, spread: 3, seed: 1 });
    expect((await chooseK(matrix, { min: 1, max: 1, seed: 1 })).k).toBe(1);
    const rare = createMatrix(7000, 1);
    for (let i = 0; i < 11; i++) rare.data[i * 600] = i + 1;
    const { table } = await chooseK(rare, { min: 2, max: 12, seed: 1 });
    expect(table.length).toBeLessThan(11);
  });

  it('refuses a range that is none, and values that are not finite', async () => {
    const rows = matrixOf([[1], [2]]);
    await expect(chooseK(rows, { min: 3, max: 2, seed: 1 })).rejects.toThrow(RangeError);
    await expect(chooseK(rows, { min: 0, max: 2, seed: 1 })).rejects.toThrow(RangeError);
    await expect(chooseK(matrixOf([[1], [Infinity]]), { min: 2, max: 3, seed: 1 })).rejects.toThrow(/finite/);
  });
});

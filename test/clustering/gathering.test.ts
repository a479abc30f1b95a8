import { describe, expect, it } from 'vitest';
import { findGathering } from '../../src/clustering/gathering.ts';
import { matrixOf } from '../../src/clustering/matrix.ts';
import { createRandom } from '../../src/clustering/random.ts';

const random = createRandom(11);
const cloud = (rows: number, centre: number[], deviation: number) =>
  Array.from({ length: rows }, () => centre.map(value => value + deviation * random.normal()));

describe('findGathering', () => {
  it('finds rows that came together, not those that always did', () => {
    const standing = () => [...cloud(300, [0, 0, 0], 1.5), ...cloud(80, [4, 4, 0], 0.2)];
    const before = matrixOf(standing());
    const sample = matrixOf([...standing(), ...cloud(60, [-3, 4, 3], 0.3)]);
    const found = findGathering(sample, before, 30)!;
    expect(Array.from(found.centre)).toEqual([-3, 4, 3].map(value => expect.closeTo(value, 0)));
    expect(found.rows).toBeGreaterThanOrEqual(30);
    expect(found.rows).toBeLessThanOrEqual(61);
    expect(found.before).toBeLessThanOrEqual(1);
    expect(found.radius).toBeLessThan(0.7);
  });

  it('finds as many as before where nothing came', () => {
    const before = matrixOf(cloud(400, [0, 0, 0], 1));
    const found = findGathering(matrixOf(cloud(400, [0, 0, 0], 1)), before, 40)!;
    expect(found.before).toBeGreaterThan(8);
  });

  it('needs as many rows as a ball has to hold', () => {
    expect(findGathering(matrixOf([[1], [2]]), matrixOf([[1]]), 3)).toBeNull();
    expect(findGathering(matrixOf([[1], [1], [2]]), matrixOf([[2]]), 2)).toMatchObject({
      rows: 2,
      before: 0,
      radius: 0,
    });
  });
});

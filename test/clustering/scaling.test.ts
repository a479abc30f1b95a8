import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/clustering/random.ts';
import { applyTransforms, fitTransforms, type RawColumn } from '../../src/clustering/scaling.ts';

const n = 1000;
const random = createRandom(1);
const normal = () => Float64Array.from({ length: n }, random.normal);

function column(feature: string, values: Float64Array, how: Partial<RawColumn> = {}): RawColumn {
  return { feature, values, log: false, missing: 'zero', support: null, weight: 1, ...how };
}

/** Fits and applies, and gives the transformed columns back by feature. */
function transform(...columns: RawColumn[]) {
  const { transforms, dropped } = fitTransforms(columns);
  const raw = new Map(columns.map(each => [each.feature, each.values]));
  for (const { support } of columns) if (support) raw.set(support.feature, support.values);
  const matrix = applyTransforms(raw, transforms);
  const result = new Map(
    transforms.map((each, j) => [
      each.feature,
      Float64Array.from({ length: matrix.rows }, (_, i) => matrix.data[i * matrix.cols + j]!),
    ]),
  );
  return { transforms, dropped, result, raw };
}

const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values: Float64Array) => {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / values.length);
};

describe('fitTransforms and applyTransforms', () => {
  it('standardise, and give each column its weight as its deviation', () => {
    const { result } = transform(
      column(
        'a',
        normal().map(value => 100 + 5 * value),
      ),
      column('b', normal(), { weight: 0.5 }),
    );
    expect(mean(result.get('a')!)).toBeCloseTo(0, 10);
    expect(deviation(result.get('a')!)).toBeCloseTo(1, 10);
    expect(deviation(result.get('b')!)).toBeCloseTo(0.5, 10);
  });

  it('clip what lies beyond 1 % at either end, unless asked not to', () => {
    const values = normal();
    values[0] = 1e9;
    const { result, transforms, raw } = transform(column('a', values));
    expect(Math.max(...result.get('a')!)).toBeLessThan(3);
    const open = applyTransforms(raw, transforms, { winsorise: false });
    expect(open.data[0]).toBeGreaterThan(1e8);
    expect(open.data[1]).toBeCloseTo(result.get('a')![1]!, 12);
  });

  it('take the logarithm of 1 + x where asked, of negative values with their sign', () => {
    const values = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 99 : -99));
    const { result, transforms } = transform(column('a', values, { log: true }));
    expect(transforms[0]!.high).toBeCloseTo(Math.log(100), 12);
    expect(transforms[0]!.low).toBeCloseTo(-Math.log(100), 12);
    expect(result.get('a')![0]).toBeCloseTo(-1, 12);
    expect(result.get('a')![1]).toBeCloseTo(1, 12);
  });

  it('shrink shares of few towards the share of all, as (k + 4 mu) / (n + 4)', () => {
    const counts = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : 96));
    const shares = Float64Array.from({ length: n }, (_, i) => (i % 2 ? 1 : 0.25));
    shares[3] = Number.NaN;
    counts[3] = 0;
    const { transforms, result } = transform(
      column('share', shares, { support: { feature: 'orders', values: counts } }),
    );
    const mu = (500 * 96 * 0.25 + 499) / (500 * 96 + 499);
    expect(transforms[0]!.shrink).toEqual({ support: 'orders', mean: expect.closeTo(mu, 12), strength: 4 });
    const { centre, scale } = transforms[0]!;
    const back = (i: number) => result.get('share')![i]! * scale + centre;
    expect(back(0)).toBeCloseTo((96 * 0.25 + 4 * mu) / 100, 10);
    expect(back(1)).toBeCloseTo((1 + 4 * mu) / 5, 10);
    expect(back(3)).toBeCloseTo(mu, 10);
  });

  it.each([
    ['zero', 0],
    ['median', 3],
    ['max', 5],
  ] as const)('fill missing values, infinite ones too, with the %s', (missing, fill) => {
    const values = Float64Array.of(1, 2, 3, 4, 5, Number.NaN, Infinity, -Infinity);
    const { transforms, result } = transform(column('a', values, { missing }));
    expect(transforms[0]!.fill).toBe(fill);
    expect(result.get('a')!.every(Number.isFinite)).toBe(true);
  });

  it('score one customer alone as among all', () => {
    const { transforms, raw, result } = transform(
      column('a', normal()),
      column('b', normal(), { log: true }),
    );
    const alone = new Map([...raw].map(([feature, values]) => [feature, values.slice(7, 8)]));
    expect([...applyTransforms(alone, transforms).data]).toEqual([result.get('a')![7], result.get('b')![7]]);
  });

  it('drop columns without values or variety, and say why', () => {
    const rare = new Float64Array(n);
    rare[5] = 1;
    const { transforms, dropped } = transform(
      column('none', new Float64Array(n).fill(Number.NaN)),
      column('same', new Float64Array(n).fill(0.1 + 0.2)),
      column('rare', rare),
      column('fine', normal()),
    );
    expect(transforms.map(each => each.feature)).toEqual(['fine']);
    expect(dropped).toEqual([
      { feature: 'none', why: 'no customer has a value' },
      { feature: 'same', why: 'it is the same for nearly all customers' },
      { feature: 'rare', why: 'it is the same for nearly all customers' },
    ]);
  });

  it('drop the later or lighter of two columns that say the same', () => {
    const a = normal();
    const twin = a.map(value => -3 * value + 1);
    expect(transform(column('a', a), column('twin', twin)).dropped).toEqual([
      { feature: 'twin', why: 'it says what a says (correlation -1.00)' },
    ]);
    const heavier = transform(column('a', a), column('other', normal()), column('twin', twin, { weight: 2 }));
    expect(heavier.dropped.map(each => each.feature)).toEqual(['a']);
    expect(heavier.transforms.map(each => each.feature)).toEqual(['other', 'twin']);
  });

  it('give a matrix without columns where all are dropped, and refuse absent or uneven columns', () => {
    expect(fitTransforms([column('same', new Float64Array(3))]).transforms).toEqual([]);
    expect(applyTransforms(new Map(), []).cols).toBe(0);
    const { transforms } = transform(column('a', normal()), column('b', normal()));
    expect(() => applyTransforms(new Map([['a', normal()]]), transforms)).toThrow(/no column b/);
    const uneven = new Map([
      ['a', normal()],
      ['b', new Float64Array(3)],
    ]);
    expect(() => applyTransforms(uneven, transforms)).toThrow(/b has 3 rows, not 1000/);
  });
});

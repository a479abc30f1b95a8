import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapAxes } from '../../src/segmentation/map-axes.ts';
import { mapPlaces } from '../../src/segmentation/map-places.ts';
import { reportModel } from '../report/fixture.ts';

const model = reportModel(1);
const coordinate = fc.integer({ min: -8000, max: 8000 }).map(value => value / 1000);
const cloud = fc.array(fc.record({ x: coordinate, y: coordinate, segment: fc.constant(0) }), {
  minLength: 10,
  maxLength: 60,
});
const placeOf = (map: (typeof model)['map']) => mapPlaces({ ...model, map })[0]!;

describe('mapPlaces', () => {
  it('stands in the middle of the points, in an ellipse that holds half of them', () => {
    fc.assert(
      fc.property(cloud, map => {
        const { x, y, long, short, tilt } = placeOf(map);
        const mean = map.reduce((sum, point) => sum + point.x, 0) / map.length;
        expect(x).toBeCloseTo(mean, 2);
        expect(long).toBeGreaterThanOrEqual(short);
        // A flat cloud has no inside.
        fc.pre(short > 0.2);
        const within = (slack: number) =>
          map.filter(point => {
            const [dx, dy] = [point.x - x, point.y - y];
            const along = (dx * Math.cos(tilt) + dy * Math.sin(tilt)) / long;
            const across = (dy * Math.cos(tilt) - dx * Math.sin(tilt)) / short;
            return Math.hypot(along, across) <= slack;
          }).length;
        expect(within(1.02)).toBeGreaterThanOrEqual(map.length / 2);
        expect(map.length - within(0.98)).toBeGreaterThanOrEqual(Math.floor(map.length / 2));
      }),
    );
  });

  it('turns with the points: its longer axis goes along a slanting cloud', () => {
    const map = Array.from({ length: 40 }, (_, i) => ({
      x: i / 10,
      y: i / 10 + ((i % 2) - 0.5) / 5,
      segment: 0,
    }));
    const { tilt, long, short } = placeOf(map);
    expect(tilt).toBeCloseTo(Math.PI / 4, 2);
    expect(long).toBeGreaterThan(5 * short);
  });

  it('places nobody by fewer than ten, in the segment or in what is kept of it', () => {
    const small = reportModel(2);
    const sizes = small.segments.map((segment, i) => ({ ...segment, size: i === 0 ? 9 : 4000 }));
    const map = small.map.filter(({ segment }, i) => segment === 0 || i < 18);
    expect(map.filter(({ segment }) => segment === 1)).toHaveLength(9);
    expect(mapPlaces({ segments: sizes, map })).toEqual([null, null]);
    expect(mapPlaces({ segments: small.segments, map: small.map })).toEqual([
      expect.objectContaining({ x: expect.any(Number) }),
      expect.objectContaining({ x: expect.any(Number) }),
    ]);
  });
});

describe('mapAxes', () => {
  const four = reportModel(4);
  const label = ({ label }: { label: string }) => label;
  const place = (x: number, y: number) => ({ x, y, long: 1, short: 1, tilt: 0 });
  const withDifferences = (values: Record<string, number[]>) => ({
    carrying: Object.keys(values),
    segments: four.segments.map((segment, i) => ({
      ...segment,
      size: 100,
      features: segment.features.map(feature => ({
        ...feature,
        difference: values[feature.id]?.[i] ?? 0,
      })),
    })),
  });
  const corners = [place(0, 0), place(1, 0), place(0, 1), place(1, 1)];

  it('names what rises, or falls, most along each dimension', () => {
    const shop = withDifferences({
      recency: [0, 0.5, 0, 0.5],
      order_value: [1, 1, -1, -1],
      sessions: [0, 0.1, 0, 0.1],
    });
    expect(mapAxes(shop, corners, label)).toEqual({
      across: { feature: 'days since the last order', rises: true },
      up: { feature: 'order value', rises: false },
    });
  });

  it('names nothing where no feature goes along, nor between two segments alone', () => {
    const shop = withDifferences({ recency: [0, 1, 1, 0] });
    expect(mapAxes(shop, corners, label)).toEqual({ across: null, up: null });
    const clear = withDifferences({ recency: [0, 1, 0, 1] });
    expect(mapAxes(clear, [...corners.slice(0, 2), null, null], label)).toEqual({ across: null, up: null });
  });
});

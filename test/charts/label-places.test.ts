import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, type Disc, labelPlaces } from '../../src/charts/label-places.ts';

const frame = { x: 0, y: 0, width: 960, height: 540 };
const size = { width: 150, height: 32 };

const disc = fc.record({
  x: fc.integer({ min: 40, max: 920 }),
  y: fc.integer({ min: 40, max: 500 }),
  r: fc.integer({ min: 4, max: 34 }),
});

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const boundsOf = ({ x, y, r }: Disc): Box => ({ x: x - r, y: y - r, width: 2 * r, height: 2 * r });

describe('labelPlaces', () => {
  it('keeps every label inside the frame', () => {
    fc.assert(
      fc.property(fc.array(disc, { maxLength: 12 }), discs => {
        for (const { x, y, width, height } of labelPlaces(
          discs,
          discs.map(() => size),
          frame,
        )) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(frame.width);
          expect(y + height).toBeLessThanOrEqual(frame.height);
        }
      }),
    );
  });

  it('covers no disc and no other label where six discs lie anywhere apart', () => {
    const apart = fc
      .uniqueArray(fc.integer({ min: 0, max: 19 }), { minLength: 1, maxLength: 6 })
      .map(cells =>
        cells.map(cell => ({ x: 100 + 190 * (cell % 5), y: 70 + 130 * Math.floor(cell / 5), r: 30 })),
      );
    fc.assert(
      fc.property(apart, discs => {
        const boxes = labelPlaces(
          discs,
          discs.map(() => size),
          frame,
        );
        boxes.forEach((box, i) => {
          for (const other of discs) expect(overlaps(box, boundsOf(other))).toBe(false);
          for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
        });
      }),
    );
  });

  it('stands to the right of a disc that has room there', () => {
    expect(labelPlaces([{ x: 300, y: 200, r: 20 }], [size], frame)).toEqual([
      { x: 325, y: 184, width: 150, height: 32 },
    ]);
  });
});

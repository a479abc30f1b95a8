import { expect, test } from 'vitest';
import { shiftInWords } from '../../../src/segmentation/drift/typical-shift.ts';

const days = (value: number) => `${Math.round(value)} days`;
const edges = [5, 10, 15, 20, 25, 30, 40, 60, 90];
const even = Float64Array.from({ length: 10 }, () => 100);
const told = (...counts: number[]) => shiftInWords(edges, even, Float64Array.from(counts), days);

test('a shift of all customers is told by the one in the middle', () => {
  expect(told(40, 50, 60, 70, 80, 100, 120, 140, 160, 180)).toBe(
    'typically 38 days now, 25 days when the segments were made',
  );
});

test('where the middle hardly moved, it is told how many lie above the value at which they part most', () => {
  expect(told(100, 95, 95, 95, 95, 95, 95, 60, 20, 250)).toBe(
    '25 % of customers have more than 90 days now, 10 % had when the segments were made',
  );
  expect(told(10, 30, 130, 130, 130, 130, 120, 110, 110, 100)).toBe(
    '96 % of customers have more than 10 days now, 80 % had when the segments were made',
  );
});

test('where customers gathered between two values, it is told how many', () => {
  expect(told(80, 80, 80, 80, 80, 240, 200, 60, 60, 40)).toBe(
    '44 % of customers have more than 25 days and at most 40 days now, 20 % had when the segments were made',
  );
});

test('a share is told above a value that many have', () => {
  const [then, now] = [Float64Array.of(800, 200), Float64Array.of(650, 350)];
  expect(shiftInWords([0], then, now, days)).toBe(
    '35 % of customers have more than 0 days now, 20 % had when the segments were made',
  );
});

import { describe, expect, test } from 'vitest';
import { customerMapChart } from '../../src/charts/customer-map.ts';
import { heatMapChart } from '../../src/charts/heat-map.ts';
import { kChart } from '../../src/charts/k-chart.ts';
import { movesChart } from '../../src/charts/moves-chart.ts';
import { type Chart, renderSvg } from '../../src/charts/render.ts';
import { sharesChart } from '../../src/charts/shares.ts';
import { sizesChart } from '../../src/charts/sizes-chart.ts';

const hostile = `<image href="x" onerror="alert(1)"/> & "co" id='zr0-c0' class="y"`;
const draw = ({ option, size }: Chart) => renderSvg(option, size);
const names = (count: number) => [hostile, ...Array.from({ length: count - 1 }, (_, i) => `Segment ${i}`)];

const ends = (count: number) =>
  names(count).map((name, i) => ({
    key: name,
    name,
    short: String(i + 1),
    position: i % 5 === 4 ? null : i,
    text: hostile,
  }));

const charts: Record<string, (count: number, narrow: boolean) => Chart> = {
  shares: (count, narrow) =>
    sharesChart(
      names(count).map((name, i) => ({
        name,
        share: 1 / count,
        revenueShare: i / count,
        shareText: hostile,
        revenueShareText: '3 %',
      })),
      narrow,
    ),
  'heat map': (count, narrow) =>
    heatMapChart(
      {
        segments: names(count),
        features: names(7),
        cells: names(count).map((_, s) =>
          names(7).map((value, f) => ({ difference: (s * f) / 9 - 2, value })),
        ),
      },
      narrow,
    ),
  map: (count, narrow) =>
    customerMapChart(
      Array.from({ length: 100 }, (_, i) => ({ x: i % 7, y: i % 11, segment: i % count })),
      narrow,
    ),
  moves: (count, narrow) =>
    movesChart(
      {
        left: ends(count),
        right: ends(count),
        flows: names(count).map((from, i) => ({
          from,
          to: names(count)[(i + 1) % count]!,
          customers: i + 1,
        })),
      },
      narrow,
    ),
  'sizes over time': (count, narrow) =>
    sizesChart(
      {
        dates: Array.from({ length: count }, (_, i) => `2026-01-${String(i + 1).padStart(2, '0')}`),
        replaced: count > 2 ? [1, 2] : [],
        lines: names(count).map((name, s) => ({
          name,
          position: s % 4 === 3 ? null : s,
          sizes: Array.from({ length: count }, (_, i) => (i < s ? null : 10 * s + i)),
          text: hostile,
        })),
      },
      narrow,
    ),
  'number of groups': (count, narrow) =>
    kChart(
      names(count).map((_, i) => ({
        k: i + 2,
        delta: 0.1 - 0.02 * i,
        stability: 0.9,
        eligible: i > 0,
        chosen: i === 1,
      })),
      narrow,
    ),
};

describe.each(Object.entries(charts))('%s', (_name, chart) => {
  test.each([
    [1, false],
    [3, true],
    [12, false],
    [30, true],
  ])(
    'of %i is a still picture, the same each time, in which words from data stay words (narrow: %s)',
    (count, narrow) => {
      const svg = draw(chart(count, narrow));
      // A chart in between moves ECharts' own counters.
      draw(charts.map!(2, true));
      expect(draw(chart(count, narrow))).toBe(svg);
      expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
      expect(svg).not.toMatch(/<(?:image|script|style|a|foreignObject)\b|NaN|undefined/);
      expect(svg).not.toMatch(/ (?:on\w+|class|href|xlink:href)="/);
      expect(svg.replaceAll(/ xmlns(?::\w+)?="[^"]*"/g, '')).not.toContain('http');
    },
  );
});

test('different charts on one page do not share ids', () => {
  const ids = Object.values(charts).flatMap(chart =>
    [true, false].flatMap(narrow =>
      Array.from(draw(chart(5, narrow)).matchAll(/ id="([^"]*)"/g), match => match[1]),
    ),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test('customers that all lie in one place are drawn inside the picture', () => {
  const { option, size } = customerMapChart(
    [0, 1, 2].map(segment => ({ x: 4, y: 4, segment })),
    false,
  );
  const places = (option.series as { data: { value: [number, number] }[] }[]).at(-1)!.data;
  for (const { value } of places) {
    expect(value[0]).toBeGreaterThan(0);
    expect(value[0]).toBeLessThan(size.width);
  }
  const [first, second] = places.map(({ value }) => value);
  expect(Math.hypot(first![0] - second![0], first![1] - second![1])).toBeGreaterThan(20);
});

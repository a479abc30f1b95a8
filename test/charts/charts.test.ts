import { describe, expect, test } from 'vitest';
import { customerMapChart } from '../../src/charts/customer-map.ts';
import { heatMapChart } from '../../src/charts/heat-map.ts';
import { kChart } from '../../src/charts/k-chart.ts';
import { segmentColour } from '../../src/charts/palette.ts';
import { renderSvg } from '../../src/charts/render.ts';
import { sharesChart } from '../../src/charts/shares.ts';

const hostile = '<image href="x" onerror="alert(1)"/> & "co"';
const charts = {
  shares: (narrow: boolean) => sharesChart([{ name: hostile, share: 0.4, revenueShare: 0.1 }], narrow),
  heat: (narrow: boolean) =>
    heatMapChart(
      {
        segments: [hostile, 'B'],
        features: [hostile],
        cells: [[{ difference: 1, value: hostile }], [{ difference: -1, value: '£3' }]],
      },
      narrow,
    ),
  map: () =>
    customerMapChart([
      { x: 0, y: 1, segment: 0 },
      { x: 1, y: 0, segment: 2 },
    ]),
  k: (narrow: boolean) =>
    kChart(
      [
        { k: 2, delta: 0.1, eligible: false, chosen: false },
        { k: 3, delta: 0.2, eligible: true, chosen: true },
      ],
      narrow,
    ),
};

describe.each(Object.entries(charts))('%s', (_name, chart) => {
  test.each([true, false])(
    'draws the same twice, and nothing from data becomes markup (narrow: %s)',
    narrow => {
      const { option, size } = chart(narrow);
      const svg = renderSvg(option, size, 'x');
      // A chart in between moves ECharts' own counters.
      renderSvg(charts.k(false).option, charts.k(false).size, 'y');
      expect(renderSvg(chart(narrow).option, size, 'x')).toBe(svg);
      expect(svg).toMatch(/^<svg /);
      expect(svg).not.toMatch(/<image|<script|https?:\/\/(?!www\.w3\.org)/);
      expect(svg).not.toContain('NaN');
    },
  );
});

test('each of twelve segments has a colour of its own', () => {
  expect(new Set(Array.from({ length: 12 }, (_, i) => segmentColour(i))).size).toBe(12);
});

import { expect, test } from 'vitest';
import { type CalibrationPanel, calibrationChart } from '../../src/charts/calibration-chart.ts';
import { renderSvg } from '../../src/charts/render.ts';

const hostile = `<image href="x" onerror="alert(1)"/> & "co"`;
const panel = (title: string, scale: number): CalibrationPanel => ({
  title,
  tenths: Array.from({ length: 10 }, (_, i) => ({ predicted: scale * i, actual: scale * (i + 0.5) })),
  format: value => `${value} ${hostile}`,
});

test.each([true, false])('is a still picture, the same each time (narrow: %s)', narrow => {
  const draw = () => {
    const { option, size } = calibrationChart([panel(hostile, 0.4), panel('Share', 0.1)], narrow);
    return renderSvg(option, size);
  };
  const svg = draw();
  expect(draw()).toBe(svg);
  expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
  expect(svg).not.toMatch(/<(?:image|script|style|a|foreignObject)\b|NaN|undefined/);
});

test('bars are what happened and dots what was predicted, on one scale', () => {
  const { option } = calibrationChart([panel('Orders', 0.4)], false);
  const series = option.series as { type: string; data: number[]; yAxisIndex: number }[];
  expect(series.map(({ type, data, yAxisIndex }) => [type, data[1], yAxisIndex])).toEqual([
    ['bar', 0.6, 0],
    ['line', 0.4, 0],
  ]);
});

test('tenths in which nothing was predicted and nothing happened are drawn', () => {
  const nothing = { ...panel('Orders', 0), format: String };
  const { option, size } = calibrationChart([nothing, nothing], true);
  expect(renderSvg(option, size)).not.toMatch(/NaN|Infinity/);
});

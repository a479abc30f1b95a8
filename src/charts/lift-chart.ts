import { accent, faint, fontFamily, ink, paper, rule } from './palette.ts';
import type { Chart, ChartOption } from './render.ts';
import { wrapped } from './text-width.ts';

export interface LiftRow {
  name: string;
  /** null where there is nothing to draw. */
  figures: { difference: number; low: number; high: number } | null;
  /** In words. */
  verdict: string;
  /** Drawn filled, the others hollow. */
  proven: boolean;
}

export interface LiftChartData {
  title: string;
  note: string;
  panels: readonly { title: string; format: (value: number) => string; rows: readonly LiftRow[] }[];
}

/**
 * Differences with their intervals, a row a group with all together first, and an upright line where nothing was changed.
 * Each panel has a scale of its own.
 */
export function liftChart({ title, note, panels }: LiftChartData, narrow: boolean): Chart {
  const width = narrow ? 354 : 960;
  const margin = narrow ? 12 : 24;
  const names = narrow ? 100 : 200;
  const rowHeight = 34;
  const inner = width - 2 * margin;
  const heads = wrapped(title, { width: inner / 1.12, fontSize: 17, lines: 2 });
  const notes = wrapped(note, { width: inner, fontSize: 12, lines: 6 });
  const head = heads.length * 22 + notes.length * 16 + 14;
  const rows = panels[0]?.rows.length ?? 0;
  const panelHeight = rows * rowHeight;
  const between = panelHeight + 78;
  const wide = narrow ? inner - names : (inner - names - 40) / 2;
  const places = panels.map((_, i) => ({
    left: margin + names + (narrow ? 0 : i * (wide + 40)),
    top: margin + head + 30 + (narrow ? i * between : 0),
    width: wide,
    height: panelHeight,
  }));
  const word = { fontFamily, fontSize: 12, color: faint.light };
  const option = {
    backgroundColor: paper.light,
    textStyle: { fontFamily },
    grid: places.map(place => ({ ...place, outerBoundsMode: 'none' })),
    xAxis: panels.map(({ format, rows }, gridIndex) => ({
      type: 'value',
      gridIndex,
      ...reach(rows),
      splitNumber: narrow ? 3 : 4,
      axisLine: { show: false },
      splitLine: { showMinLine: false, showMaxLine: false, lineStyle: { color: rule.light } },
      axisLabel: { ...word, formatter: format, hideOverlap: true, showMinLabel: false, showMaxLabel: false },
    })),
    yAxis: panels.map(({ rows }, gridIndex) => ({
      type: 'category',
      gridIndex,
      inverse: true,
      data: rows.map(({ name }) => name),
      axisTick: { show: false },
      axisLine: { show: false },
      splitLine: { show: false },
      axisLabel: {
        ...word,
        show: narrow || gridIndex === 0,
        color: ink.light,
        fontSize: 13,
        margin: 12,
        interval: 0,
        formatter: (name: string) => wrapped(name, { width: names - 16, fontSize: 13, lines: 2 }).join('\n'),
      },
    })),
    series: panels.flatMap(({ rows }, axis) => series(rows, axis)),
    graphic: [
      ...heads.map((line, i) => text(margin, margin + i * 22, line, 17, ink.light, 600)),
      ...notes.map((line, i) => text(margin, margin + heads.length * 22 + 4 + i * 16, line, 12, faint.light)),
      ...panels.map(({ title }, i) =>
        text(narrow ? margin : places[i]!.left, places[i]!.top - 22, title, 13, ink.light, 600),
      ),
    ],
  };
  const height = 2 * margin + head + 30 + (narrow ? panels.length * between - 48 : panelHeight + 26);
  return { option: option as unknown as ChartOption, size: { width, height } };
}

/** Room for all intervals and for nothing changed, with a little air. */
function reach(rows: readonly LiftRow[]): { min: number; max: number } {
  const ends = rows.flatMap(({ figures }) => (figures === null ? [] : [figures.low, figures.high]));
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const air = (high - low || 1) * 0.06;
  return { min: low - air, max: high + air };
}

function series(rows: readonly LiftRow[], axis: number): object[] {
  const drawn = rows.flatMap((row, place) =>
    row.figures === null ? [] : [{ ...row, figures: row.figures, place }],
  );
  const shared = { xAxisIndex: axis, yAxisIndex: axis, silent: true };
  return [
    {
      ...shared,
      type: 'scatter',
      symbolSize: 0,
      data: [],
      markLine: {
        silent: true,
        symbol: 'none',
        label: { show: false },
        lineStyle: { color: faint.light, type: 'solid', width: 1 },
        data: [{ xAxis: 0 }],
      },
    },
    ...drawn.map(({ figures: { low, high }, place }) => ({
      ...shared,
      type: 'line',
      symbol: 'none',
      lineStyle: { color: accent.light, width: 3, opacity: 0.5 },
      data: [
        [low, place],
        [high, place],
      ],
    })),
    {
      ...shared,
      type: 'scatter',
      symbolSize: 11,
      z: 5,
      data: drawn.map(({ figures, place, proven }) => ({
        value: [figures.difference, place],
        itemStyle: proven
          ? { color: accent.light }
          : { color: paper.light, borderColor: accent.light, borderWidth: 2 },
      })),
    },
    {
      ...shared,
      type: 'scatter',
      symbolSize: 0,
      data: rows.flatMap(({ figures }, place) => (figures === null ? [[0, place]] : [])),
      label: {
        show: true,
        position: 'right',
        formatter: 'too few to tell',
        fontFamily,
        fontSize: 12,
        color: faint.light,
      },
    },
  ];
}

const text = (x: number, y: number, words: string, fontSize: number, fill: string, fontWeight = 400) => ({
  type: 'text',
  silent: true,
  x,
  y,
  style: { text: words, fontFamily, fontSize, fill, fontWeight },
});

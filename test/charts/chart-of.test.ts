import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chartKinds } from '../../src/charts/chart-data.ts';
import { chartOf } from '../../src/charts/chart-of.ts';
import { allColours } from '../../src/charts/palette.ts';
import { pictureOf } from '../../src/charts/picture.ts';
import { type Chart, renderSvg } from '../../src/charts/render.ts';
import { textWidth } from '../../src/charts/text-width.ts';
import { hostileNames, madeChartData } from './made-chart-data.ts';

const draw = ({ option, size }: Chart) => renderSvg(option, size);

describe.each(chartKinds)('the chart of %s', kind => {
  it.each([
    [2, false],
    [12, false],
    [12, true],
  ])('of %i segments is a still picture in which names stay words (narrow: %s)', (count, narrow) => {
    const data = madeChartData(kind, count);
    for (const chart of [chartOf(data, narrow), pictureOf(data, narrow)]) {
      const svg = draw(chart);
      expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
      expect(svg).not.toMatch(/<(?:image|script|style|a|foreignObject)\b|NaN|undefined|Infinity/);
      expect(svg).not.toMatch(/ (?:on\w+|class|href|xlink:href)="/);
      expect(draw(chart)).toBe(svg);
    }
  });

  it('names its segments where it stands alone, wide or narrow', () => {
    const names = ['Champions', 'Lapsed but recoverable', 'Window browsers'];
    for (const narrow of [false, true]) {
      const words = textOf(draw(pictureOf(madeChartData(kind, 3, { names }), narrow)));
      for (const name of names) expect(words).toContain(name);
    }
  });

  it('says its title, its date and how it is read where it stands alone', () => {
    const words = textOf(draw(pictureOf(madeChartData(kind, 3), false)));
    expect(words).toContain('What tells the segments apart As of 1 Nov 2026. How it is read.');
  });

  it('bears no colour of light pages where it is dark, and keeps the names', () => {
    const data = madeChartData(kind, 9, { names: hostileNames.toReversed() });
    const [light, dark] = [draw(pictureOf(data, false)), draw(pictureOf(data, false, 'dark'))];
    expect(textOf(dark)).toBe(textOf(light));
    const lights = new Set(allColours.map(({ light }) => light));
    const darks = new Set(allColours.map(({ dark }) => dark));
    const colours = (svg: string) =>
      Array.from(svg.matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g), match => match[1]!);
    expect(colours(light).filter(colour => !lights.has(colour))).toEqual([]);
    expect(colours(dark).filter(colour => !darks.has(colour))).toEqual([]);
  });

  it('keeps its place inside the picture', () => {
    for (const narrow of [false, true]) {
      const { size } = pictureOf(madeChartData(kind, 12), narrow);
      const svg = draw(pictureOf(madeChartData(kind, 12), narrow));
      for (const [, x, y] of svg.matchAll(/<text[^>]* transform="translate\(([\d.-]+) ([\d.-]+)\)"/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(size.width);
        expect(Number(y)).toBeGreaterThanOrEqual(0);
        expect(Number(y)).toBeLessThanOrEqual(size.height);
      }
    }
  });
});

it('tells on a wide map which disc a name belongs to, as the nearest may be that of another', () => {
  const names = ['Champions', 'Lapsed but recoverable', 'Window browsers'];
  const words = textOf(draw(chartOf(madeChartData('map', 3, { names }), false)));
  names.forEach((name, i) => {
    expect(words.replaceAll('\u00a0', ' ')).toContain(`${i + 1} ${name}`);
  });
});

it('keeps the dates under sizes over time apart, however wide the page', () => {
  for (const width of [330, 560, 720, 960])
    for (const count of [2, 3, 5, 9, 40]) {
      const dates = Array.from({ length: count }, (_, i) =>
        new Date(Date.UTC(2026, 8, 6 + 7 * i)).toISOString().slice(0, 10),
      );
      const sizes = { dates, replaced: [], lines: [dates.map(() => 40)], earlier: [] };
      const svg = draw(chartOf(madeChartData('sizes', 1, { sizes }), width < 480, 'light', width));
      const told = Array.from(
        svg.matchAll(/<text[^>]*text-anchor="(\w+)"[^>]*translate\(([\d.]+) [\d.]+\)[^>]*>(\d+ \w+ \d{4})</g),
        ([, anchor, x, words]) => {
          const long = textWidth(words!, 12);
          const from = Number(x) - (anchor === 'start' ? 0 : anchor === 'end' ? long : long / 2);
          return [from, from + long] as const;
        },
      ).toSorted((a, b) => a[0] - b[0]);
      expect(told.length).toBeGreaterThan(1);
      told.slice(1).forEach(([from], i) => {
        expect(from, `${count} dates on ${width}`).toBeGreaterThan(told[i]![1]);
      });
    }
});

it('imports nothing that a browser has not', () => {
  const seen = new Set<string>();
  const visit = (file: URL): string[] => {
    if (seen.has(file.href)) return [];
    seen.add(file.href);
    const imported = Array.from(
      readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)';/gm),
      match => match[1]!,
    );
    return imported.flatMap(name => (name.startsWith('.') ? visit(new URL(name, file)) : [name]));
  };
  expect(visit(new URL('../../src/charts/chart-of.ts', import.meta.url))).toEqual([]);
  expect(seen.size).toBeGreaterThan(10);
  expect([...seen].filter(file => !file.includes('/src/charts/'))).toEqual([]);
});

describe('what there is nothing to draw of', () => {
  it('says so, for moves and for places', () => {
    const moves = madeChartData('moves', 3, { moves: { from: '2026-10-25', flows: [] } });
    expect(textOf(draw(chartOf(moves, true)))).toBe('No move of ten customers or more.');
    const map = madeChartData('map', 1, { map: { places: [null], across: null, up: null } });
    expect(textOf(draw(chartOf(map, false)))).toContain('No segment has enough customers');
  });

  it('draws sizes of one date as bars', () => {
    const sizes = {
      dates: ['2026-11-01'],
      replaced: [],
      lines: [[4000], [2500], ['fewer than 10' as const]],
      earlier: [],
    };
    const words = textOf(draw(chartOf(madeChartData('sizes', 3, { sizes }), false)));
    for (const size of ['4,000', '2,500', '&lt;10']) expect(words).toContain(size);
  });
});

/** The words of a picture, in order. */
function textOf(svg: string): string {
  return Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), match => match[1]!.trim())
    .filter(words => words !== '')
    .join(' ');
}

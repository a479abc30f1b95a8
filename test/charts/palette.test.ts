import { describe, expect, test } from 'vitest';
import { allColours, paper, segmentColour, segmentColours, stepOf, steps } from '../../src/charts/palette.ts';
import { looks } from '../support/mcp-host-looks.ts';

type Triple = readonly [number, number, number];

const linear = (colour: string): Triple =>
  [1, 3, 5].map(at => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as unknown as Triple;

const times = (matrix: readonly Triple[], v: Triple): Triple =>
  matrix.map(row => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple;

function contrast(a: string, b: string): number {
  const luminance = (colour: string) => times([[0.2126, 0.7152, 0.0722]], linear(colour))[0]!;
  const [more, less] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (more! + 0.05) / (less! + 0.05);
}

/** Björn Ottosson's Oklab (2020), in which equal distances look about equally different. */
function oklab(rgb: Triple): Triple {
  const cones = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as unknown as Triple;
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

/** Full colour vision and its three lacks: Machado, Oliveira and Fernandes (2009), severity 1. */
const visions: Record<string, readonly Triple[]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const seen = (colour: string, vision: string) =>
  oklab(times(visions[vision]!, linear(colour)).map(c => Math.min(1, Math.max(0, c))) as unknown as Triple);

describe.each(['light', 'dark'] as const)('on a %s page', theme => {
  test.each(Object.keys(visions))('any two segments differ to a reader with colour vision: %s', vision => {
    const colours = segmentColours.map(colour => seen(colour[theme], vision));
    const gaps = colours.flatMap((a, i) =>
      colours.slice(0, i).map(b => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
    );
    // A difference of 0.02 is just noticeable side by side; these stand apart.
    expect(Math.min(...gaps)).toBeGreaterThan(0.05);
  });

  test('segments stand out from the grounds of pages and chats, and words on heat map tiles from the tile', () => {
    for (const ground of [paper[theme], looks[theme]['--color-background-primary']])
      for (const colour of segmentColours)
        expect(contrast(colour[theme], ground), colour[theme]).toBeGreaterThanOrEqual(3);
    for (const { ground, ink } of steps)
      expect(contrast(ground[theme], ink[theme])).toBeGreaterThanOrEqual(4.5);
  });
});

test('a light colour stands for one dark colour only, so that a page can put its own in place', () => {
  const darks = new Map(allColours.map(({ light, dark }) => [light, dark]));
  for (const { light, dark } of allColours) expect(darks.get(light)).toBe(dark);
});

test('every segment has a colour, also beyond the last', () => {
  expect(segmentColour(30)).toBe(segmentColour(30 - segmentColours.length * 2));
});

test('differences go to steps by size and sign', () => {
  expect([-3, -0.7, -0.3, 0, 0.1, 0.3, 0.7, 3].map(stepOf)).toEqual([0, 1, 2, 3, 3, 4, 5, 6]);
  expect(steps.map(step => step.words)).toEqual([
    'far below',
    'below',
    'a little below',
    'about average',
    'a little above',
    'above',
    'far above',
  ]);
});

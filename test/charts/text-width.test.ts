import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isolated, textWidth, wrapped } from '../../src/charts/text-width.ts';

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf');

/** As DejaVu Sans has it, in pixels. */
function drawnWidth(text: string, fontSize: number, bold: boolean): number {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="100"><text x="0" y="50" font-size="${fontSize}" font-weight="${bold ? 600 : 400}">${escaped}</text></svg>`;
  const font = {
    loadSystemFonts: false,
    fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(file => join(fonts, file)),
    defaultFontFamily: 'DejaVu Sans',
  };
  return new Resvg(svg, { font }).getBBox()?.width ?? 0;
}

describe('textWidth', () => {
  it.each([
    'Price-driven occasional buyers',
    'Varied-basket buyers with large order values',
    'MAMMOTH WWW @ 100 % OF MIMIMI',
    'time since the last order against the usual gap',
    '£1,234.56 · 309 days · 1.8 a month',
    'Покупатели со скидкой',
    'Größere Käufe für Übergrößen',
    'illicit little fillet',
  ])('is no less than the widest font makes of “%s”, and not far from it', text => {
    for (const bold of [false, true]) {
      const drawn = drawnWidth(text, 13, bold);
      expect(textWidth(text, 13, bold ? 'bold' : 'plain')).toBeGreaterThanOrEqual(drawn);
      expect(textWidth(text, 13, bold ? 'bold' : 'plain')).toBeLessThan(1.35 * drawn);
    }
  });
});

describe('wrapped', () => {
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 }), { maxLength: 12 });

  it('keeps every line within the room, and no more lines than asked for', () => {
    fc.assert(
      fc.property(
        words,
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 1, max: 3 }),
        (given, width, lines) => {
          const found = wrapped(given.join(' '), { width, fontSize: 13, lines });
          expect(found.length).toBeLessThanOrEqual(lines);
          for (const line of found) expect(textWidth(line, 13)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it('says all where there is room, and "…" where there is not', () => {
    expect(wrapped('Lapsed but recoverable', { width: 500, fontSize: 13, lines: 1 })).toEqual([
      'Lapsed but recoverable',
    ]);
    const cut = wrapped('Lapsed but recoverable', { width: 100, fontSize: 13, lines: 1 });
    expect(cut).toEqual([expect.stringMatching(/^Lapsed.*…$/)]);
    expect(wrapped('', { width: 100, fontSize: 13, lines: 2 })).toEqual([]);
  });

  it('cuts no letter that is made of several characters', () => {
    const family = '👩‍👩‍👧';
    const found = wrapped(family.repeat(20), { width: 90, fontSize: 13, lines: 2 });
    for (const line of found) expect(line.replaceAll(family, '')).toMatch(/^…?$/);
  });
});

describe('isolated', () => {
  it('leaves words from left to right as they are, and keeps a number before those from right to left', () => {
    expect(isolated('3 Champions')).toBe('3 Champions');
    expect(isolated('3 לקוחות')).toBe('3 \u2068לקוחות\u2069');
  });
});

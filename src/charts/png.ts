import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fontFamily, paper } from './palette.ts';
import { type Chart, renderSvg } from './render.ts';

const family = 'DejaVu Sans';

/** Pixels of the picture to a pixel of the chart: sharp where screens have two. */
const SHARP = 2;

/** Letters that DejaVu Sans has not, and pictures among letters. */
const others = new RegExp(
  `[${['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Devanagari', 'Bengali', 'Tamil', 'Telugu', 'Khmer']
    .map(script => `\\p{Script=${script}}`)
    .join('')}\\p{Emoji_Presentation}]`,
  'u',
);

/**
 * The chart as a PNG. Its letters are those of DejaVu Sans, which comes with it, whatever fonts the machine has. Only for
 * letters that it has not, the fonts of the machine are asked; where they have none either, boxes stand for them, and such
 * a picture is not the same on all machines. Reading and drawing the SVG is done on another thread.
 */
export async function pngOf({ option, size }: Chart, scale = SHARP): Promise<Uint8Array> {
  const require = createRequire(import.meta.url);
  // Loaded by the first picture: its binary would slow the start of all else.
  const { renderAsync } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const svg = renderSvg(option, size).replaceAll(`font-family:${fontFamily}`, `font-family:${family}`);
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    // Beneath a chart without a ground: its words are dark, and where it is shown may be so too.
    background: paper.light,
    font: {
      loadSystemFonts: others.test(svg),
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(file => join(fonts, file)),
      defaultFontFamily: family,
      sansSerifFamily: family,
    },
    logLevel: 'off',
  });
  return image.asPng();
}

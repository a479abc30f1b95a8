import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Chart, renderSvg } from './render.ts';

/** Pixels of the picture to a pixel of the chart: sharp where screens have two. */
const SHARP = 2;

/**
 * The chart as a PNG. Its letters are those of DejaVu Sans, which comes with it, whatever fonts the machine has: an equal
 * chart gives equal bytes everywhere.
 */
export function pngOf({ option, size }: Chart, scale = SHARP): Uint8Array {
  const require = createRequire(import.meta.url);
  // Loaded by the first picture: its binary would slow the start of all else.
  const { Resvg } = require('@resvg/resvg-js') as typeof import('@resvg/resvg-js');
  const fonts = join(dirname(require.resolve('dejavu-fonts-ttf/package.json')), 'ttf');
  const image = new Resvg(renderSvg(option, size), {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(file => join(fonts, file)),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
    logLevel: 'off',
  });
  return image.render().asPng();
}

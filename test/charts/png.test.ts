import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../src/charts/picture.ts';
import { pngOf } from '../../src/charts/png.ts';
import { madeChartData } from './made-chart-data.ts';

const names = ['Champions', 'Lapsed but recoverable', 'Клиенты со скидкой'];
const picture = (narrow = false) => pictureOf(madeChartData('map', 3, { names }), narrow);

/** Width and height, as the file says. */
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
};

describe('pngOf', () => {
  it('draws a chart at twice its size, or as asked', async () => {
    const { size } = picture();
    const png = await pngOf(picture());
    expect([...png.subarray(0, 8)]).toEqual([137, 80, 78, 71, 13, 10, 26, 10]);
    expect(sizeOf(png)).toEqual({ width: 2 * size.width, height: 2 * size.height });
    expect(sizeOf(await pngOf(picture(true), 1))).toEqual(picture(true).size);
  });

  it('gives the same bytes for the same chart, also from another process', async () => {
    const hash = (png: Uint8Array) => createHash('sha256').update(png).digest('hex');
    const here = hash(await pngOf(picture()));
    expect(hash(await pngOf(picture()))).toBe(here);
    const file = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url).href);
    const script = `
      const { pictureOf } = await import(${file('src/charts/picture.ts')});
      const { pngOf } = await import(${file('src/charts/png.ts')});
      const { madeChartData } = await import(${file('test/charts/made-chart-data.ts')});
      const { createHash } = await import('node:crypto');
      const png = await pngOf(pictureOf(madeChartData('map', 3, { names: ${JSON.stringify(names)} }), false));
      process.stdout.write(createHash('sha256').update(png).digest('hex'));`;
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--import', import.meta.resolve('tsx')],
      ...['--input-type=module', '--eval', script],
    ]);
    expect(stdout).toBe(here);
  });

  it('has letters: words change the picture', async () => {
    const other = pictureOf(madeChartData('map', 3, { names: ['Loyal regulars', ...names.slice(1)] }), false);
    const own = await pngOf(picture(), 1);
    expect(Buffer.compare(await pngOf(other, 1), own)).not.toBe(0);
    const without = { ...picture(), option: { ...picture().option, graphic: [] } };
    expect((await pngOf(without, 1)).length).toBeLessThan(own.length / 2);
  });

  it('draws names that try to break it, and stays small enough for a chat', async () => {
    for (const kind of ['map', 'profile', 'moves', 'sizes'] as const) {
      const png = await pngOf(pictureOf(madeChartData(kind, 12), false), 1.5);
      expect(png.length).toBeLessThan(600_000);
    }
  });
});

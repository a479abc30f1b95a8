import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChartData } from '../../src/charts/chart-data.ts';
import { writeDemoShop } from '../../src/demo/demo-shop.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

const dir = temporaryFolder();
const run = (...args: string[]) => kindred([...args, '--data', dir.file('data')]);

beforeAll(async () => {
  await writeDemoShop(dir.file('shop'), { customers: 300, seed: 5, asOf: '2026-11-01', months: 12 });
  await run('import', dir.file('shop'));
  await run('segment', '--force', '--k', '3');
});

afterAll(() => dir.remove());

describe('chart', () => {
  test('writes a picture as SVG, and says what is seen', async () => {
    const file = dir.file('pictures/map.svg');
    const { code, out } = await run('chart', 'map', '--to', file);
    expect(code).toBe(0);
    expect(out).toMatch(/^3 segments on a map/);
    expect(out).toContain(`Wrote ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(/^<svg [\s\S]*Segment map[\s\S]*<\/svg>$/);
  });

  test('writes a PNG for a phone, dark, and prints its data as JSON', async () => {
    const file = dir.file('sizes.PNG');
    const ran = await run('chart', 'sizes', '--to', file, '--narrow', '--dark', '--json');
    expect(ran.json<ChartData & { file: string }>()).toMatchObject({
      file,
      chart: 'sizes',
      asOf: expect.stringMatching(/^2026-/),
    });
    expect([...readFileSync(file).subarray(1, 4)]).toEqual([80, 78, 71]);
  });

  test('says what it cannot do, and leaves nothing behind', async () => {
    const jpeg = await run('chart', 'map', '--to', dir.file('map.jpg'));
    expect(jpeg).toMatchObject({ code: 1, err: expect.stringContaining('.svg or .png') });
    const moves = await run('chart', 'moves', '--to', dir.file('moves.png'));
    expect(moves).toMatchObject({ code: 1, err: expect.stringContaining('kindred refresh') });
    const place = await run('chart', 'map', '--to', dir.file('data/warehouse.duckdb/map.png'));
    expect(place.code).not.toBe(0);
    expect(place.err).toContain('--to');
    for (const name of ['map.jpg', 'moves.png']) expect(existsSync(dir.file(name))).toBe(false);
  });
});

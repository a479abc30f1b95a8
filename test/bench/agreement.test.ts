import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { agreement } from '../../bench/agreement.ts';
import { measure } from '../../bench/measure.ts';

let shop: string;
const memberships = (rows: string[]) => {
  const file = join(shop, 'memberships.csv');
  writeFileSync(file, ['customer_id,segment_key,segment_name,confidence', ...rows].join('\n'));
  return file;
};
beforeEach(() => {
  shop = mkdtempSync(join(tmpdir(), 'kindred-agreement-'));
});
afterEach(() => rmSync(shop, { recursive: true, force: true }));

describe('agreement with the truth', () => {
  const writeTruth = () => {
    mkdirSync(join(shop, 'truth'));
    writeFileSync(join(shop, 'truth', 'truth.csv'), 'customer_id,type\nA,x\nB,x\nC,y\nD,y\nN,noise_bot\n');
  };

  test('is 1 for the same groups under other names, whatever becomes of the noise', async () => {
    writeTruth();
    expect(await agreement(shop, memberships(['A,s2,,1', 'B,s2,,1', 'C,s1,,1', 'D,s1,,1', 'N,s1,,1']))).toBe(
      1,
    );
  });

  test('counts a missing customer against it', async () => {
    writeTruth();
    // Pairs together: AB in both; in truth also CD. By hand: (1 - 2 * 1 / 6) / ((2 + 1) / 2 - 2 * 1 / 6) = 4 / 7.
    expect(await agreement(shop, memberships(['A,s1,,1', 'B,s1,,1', 'C,s2,,1']))).toBeCloseTo(4 / 7, 12);
  });

  test('is unknown where the shop has no truth', async () => {
    expect(await agreement(shop, memberships(['A,s1,,1']))).toBeUndefined();
  });
});

test('a process is measured from outside: its output, its end and, where there is /proc, its memory', async () => {
  const script =
    'const a = Buffer.alloc(80e6, 1); setTimeout(() => { console.log(a.length); process.exitCode = 3; }, 300)';
  const run = await measure(process.execPath, ['-e', script]);
  expect(run.stdout).toBe('80000000\n');
  expect(run.code).toBe(3);
  expect(run.seconds).toBeGreaterThan(0.3);
  if (process.platform === 'linux') expect(run.peakMb).toBeGreaterThan(76);
});

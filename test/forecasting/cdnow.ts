import { readFileSync } from 'node:fs';
import type { PurchaseHistories } from '../../src/forecasting/purchase-history.ts';

/** 2,357 customers over 39 weeks, and what each of them bought in the 39 weeks after: see data/README.md. */
export function readCdnow(): { histories: PurchaseHistories; holdout: Float64Array } {
  const rows = linesOf('cdnow-calibration.csv')
    .slice(1)
    .map(line => line.split(',').map(Number));
  const column = (index: number) => Float64Array.from(rows, row => row[index]!);
  return {
    histories: { repeats: column(1), recency: column(2), age: column(3) },
    holdout: Float64Array.from(linesOf('cdnow-holdout.csv'), Number),
  };
}

function linesOf(file: string): string[] {
  return readFileSync(new URL(`data/${file}`, import.meta.url), 'utf8')
    .trim()
    .split(/\r?\n/);
}

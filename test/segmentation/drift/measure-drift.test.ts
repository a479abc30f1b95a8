import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '../../../src/segmentation/drift/finding.ts';
import { measureDrift } from '../../../src/segmentation/drift/measure-drift.ts';
import type { SegmentStats } from '../../../src/segmentation/refresh/record.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import type { Warehouse } from '../../../src/warehouse/port.ts';
import { asOf, distribution, modelOf, population, record, referenceOf, stats } from './made-records.ts';

let warehouse: Warehouse;
beforeAll(async () => {
  warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
});
afterAll(() => warehouse.close());

const trained = [distribution('order_value', [200, 200, 200, 200, 200])];
const segments = (loyal: Partial<SegmentStats> = {}) => [
  stats('loyal', { size: 300, ordersLast90Days: 1200, ...loyal }),
  stats('big', { size: 400, centroid: [4, 0, 0, 0] }),
];
const model = modelOf(segments(), referenceOf({ order_value: [20, 30, 40, 60] }, trained));

/** The weeks in turn, each with the findings of those before in its history. */
async function weeks(orders: number[], values: number[][], scoredAt = async () => null as never) {
  const history = [record(0, segments())];
  for (const [i, ordersLast90Days] of orders.entries()) {
    const now = segments({ ordersLast90Days });
    const scored = population(i + 1, now, { features: [distribution('order_value', values[i]!)] });
    const findings = await measureDrift({ warehouse, model, scored, history, scoredAt });
    history.push(record(i + 1, now, { findings }));
  }
  return history.slice(1).map(({ findings }) => findings);
}

const same = [200, 200, 200, 200, 200];
const shifted = [60, 110, 180, 250, 400];
const told = (findings: Finding[]) =>
  findings.map(({ severity, kind, subject, since }) => `${severity} ${kind} ${subject} ${since}`);

it('is silent week after week where nothing changes', async () => {
  const quiet = await weeks(
    [1210, 1195, 1205, 1190, 1200],
    Array.from({ length: 5 }, () => same),
  );
  expect(quiet.flat()).toEqual([]);
});

it('tells what lasts with the week in which it began, the gravest first', async () => {
  const found = await weeks([1200, 1200, 1130, 1000, 880], [same, same, same, shifted, shifted]);
  expect(found.slice(0, 2).flat()).toEqual([]);
  expect(told(found[3]!)).toEqual([
    `alert hollowing loyal ${asOf(4)}`,
    `alert feature order_value ${asOf(4)}`,
  ]);
  expect(told(found[4]!)).toEqual([
    `alert hollowing loyal ${asOf(4)}`,
    `alert feature order_value ${asOf(4)}`,
  ]);
});

it('scores each other date once', async () => {
  const asked: string[] = [];
  const past = population(-52, segments(), { features: trained });
  await weeks([1200, 1200, 1130, 1000], [same, same, same, shifted], (async (date: string) => {
    asked.push(date);
    return past;
  }) as never);
  expect(asked.length).toBeGreaterThan(2);
  expect(new Set(asked).size).toBe(asked.length);
});

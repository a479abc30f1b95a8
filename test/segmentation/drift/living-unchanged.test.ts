import { expect, test } from 'vitest';
import { liveThrough, newAlerts } from './living-weeks.ts';

test.each([
  ['one week like the other', { seed: 101 }],
  ['weeks that are busier or quieter by a sixth', { seed: 102, unrest: 0.15 }],
])('half a year of customers who behave as ever calls nobody more than once: %s', async (_name, shop) => {
  const { records } = await liveThrough({ ...shop, ahead: 26 });
  expect(records.length).toBe(27);
  // They grow older all the same, and more of them have come to rest.
  expect(records.at(-1)!.customers).toBeGreaterThan(1.15 * records[0]!.customers);
  expect(
    newAlerts(records)
      .map(({ sentence }) => sentence)
      .slice(1),
  ).toEqual([]);
});

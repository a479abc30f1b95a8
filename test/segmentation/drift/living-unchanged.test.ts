import { expect, test } from 'vitest';
import { liveThrough, newAlerts } from './living-weeks.ts';

test.each([101, 102])(
  'half a year of customers who behave as ever calls nobody more than once (shop %i)',
  async seed => {
    const { records } = await liveThrough({ seed, ahead: 26 });
    expect(records.length).toBe(27);
    // They grow older all the same, and more of them have come to rest.
    expect(records.at(-1)!.customers).toBeGreaterThan(1.15 * records[0]!.customers);
    expect(
      newAlerts(records)
        .map(({ sentence }) => sentence)
        .slice(1),
    ).toEqual([]);
  },
);

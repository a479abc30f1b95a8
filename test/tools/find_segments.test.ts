import { expect, it } from 'vitest';
import { findSegmentsTool } from '../../src/tools/find_segments.ts';
import { reportModel } from '../report/fixture.ts';
import { call, madeShop, withSizes } from './made-shop.ts';

interface Found {
  found: Record<string, unknown>[];
  more: number;
  ignored: string[];
}

const find = (description: string, context = madeShop({ model: reportModel(8) })) =>
  call<Found>(findSegmentsTool, context, { description });

it('gives those that fit, best first, with figures, a score and what matched', async () => {
  const { found, ignored } = await find('our lapsed but recoverable zebras');
  expect(found[0]).toMatchObject({
    key: 'segment-d',
    name: 'Lapsed but recoverable',
    customers: 1715,
    action: 'Thank them, and show them what is new first.',
    matched: ['can be won back'],
  });
  const scores = found.map(({ score }) => score as number);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(ignored).toEqual(['zebras']);
});

it('gives nothing where nothing fits', async () => {
  expect(await find('zebras')).toMatchObject({ found: [], more: 0, ignored: ['zebras'] });
});

it('finds a segment of fewer than ten by its name, and tells nothing more of it', async () => {
  const model = withSizes(reportModel(4), [900, 500, 300, 6]);
  const { found } = await find('Lapsed but recoverable', madeShop({ model }));
  expect(found[0]).toMatchObject({ customers: 'fewer than 10', sentence: null, action: null, revenue: null });
});

it('wants a description', async () => {
  await expect(find('')).rejects.toMatchObject({ message: expect.stringContaining('"description"') });
});

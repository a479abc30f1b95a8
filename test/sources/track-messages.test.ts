import { expect, test } from 'vitest';
import { readEvents } from '../../src/sources/arriving-rows.ts';
import { trackedEvents } from '../../src/sources/track-messages.ts';

const now = new Date('2026-11-22T12:00:00Z');

const viewed = {
  type: 'track',
  messageId: 'ajs-next-1',
  userId: 'C1',
  anonymousId: 'f3',
  event: 'Product Viewed',
  timestamp: '2026-11-22T11:59:58.120Z',
  sentAt: '2026-11-22T11:59:59.000Z',
  properties: { product_id: 'P-7', category: 'Outerwear', price: 89 },
  context: { channel: 'browser', campaign: { name: 'autumn' }, sessionId: 1732276800 },
};

test('a track call becomes an event', () => {
  const { events, leftOut } = trackedEvents([viewed]);
  expect(leftOut).toEqual([]);
  expect(readEvents(events, now)).toEqual({
    received: 1,
    rejected: [],
    events: [
      {
        event_id: 'ajs-next-1',
        customer_id: 'C1',
        occurred_at: '2026-11-22 11:59:58.120000',
        type: 'Product Viewed',
        session_id: '1732276800',
        category: 'Outerwear',
        sku: 'P-7',
        origin: 'browser',
        campaign_id: 'autumn',
      },
    ],
  });
});

test('of an order the first product tells the category', () => {
  const products = [
    { sku: 'S1', category: 'Shoes' },
    { sku: 'S2', category: 'Hats' },
  ];
  const { events } = trackedEvents([{ ...viewed, event: 'Order Completed', properties: { products } }]);
  expect(readEvents(events, now).events[0]).toMatchObject({
    type: 'Order Completed',
    sku: 'S1',
    category: 'Shoes',
  });
});

test('other calls, and messages of nobody, are left out and counted', () => {
  const { events, leftOut } = trackedEvents([
    { ...viewed, type: 'identify' },
    { ...viewed, type: 'page' },
    { ...viewed, userId: '' },
    { ...viewed, userId: null },
    { ...viewed, userId: undefined },
    'text',
    null,
    [viewed],
  ]);
  expect(events).toEqual([]);
  expect(leftOut).toEqual([
    { reason: 'no userId: nobody who is known', messages: 6 },
    { reason: 'not a track call', messages: 2 },
  ]);
});

test('a message without an id is the same when it is sent again, and another where it says something else', () => {
  const { messageId: _, ...bare } = viewed;
  const idsOf = (messages: unknown[]) =>
    readEvents(trackedEvents(messages).events, now).events.map(({ event_id }) => event_id);
  const [first] = idsOf([bare]);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(idsOf([{ ...bare, sentAt: '2026-11-22T12:00:30Z' }])).toEqual([first]);
  expect(idsOf([{ ...bare, userId: 'C2' }])).not.toEqual([first]);
});

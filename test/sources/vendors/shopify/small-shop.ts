import type { MockRows } from '../../../support/vendors/shopify/rows.ts';

/** A shop that has one of everything that has to be told apart. */
export function smallShop(): Required<MockRows> {
  return {
    customers: [
      {
        id: 11,
        email: 'Ann@Example.com',
        phone: '+491701234567',
        country: 'DE',
        createdAt: '2026-01-01T10:00:00Z',
        emailState: 'SUBSCRIBED',
        emailStateAt: '2026-01-02T10:00:00Z',
        smsState: 'UNSUBSCRIBED',
        smsStateAt: '2026-02-02T10:00:00Z',
        tags: ['VIP'],
      },
      { id: 12, email: 'bob@example.com', country: 'AT', createdAt: '2026-02-01T10:00:00Z' },
      { id: 13, createdAt: '2026-03-01T10:00:00Z', phone: '+431234567', smsState: 'PENDING' },
    ],
    orders: [
      {
        id: 1001,
        customerId: 11,
        email: 'ann@example.com',
        country: 'DE',
        at: '2026-04-01T09:00:00Z',
        total: '59.90',
        discount: '5.00',
        codes: ['SPRING'],
        lines: [
          { id: 1, sku: 'MUG', name: 'Mug - blue', productType: 'Kitchen', price: '9.90', quantity: 1 },
          { id: 2, sku: 'MUG', name: 'Mug - blue', productType: 'Kitchen', price: '9.90', quantity: 2 },
          { id: 3, name: 'Gift wrap', price: '2.00', quantity: 1 },
        ],
        refunds: [{ id: 501, at: '2026-04-10T09:00:00Z', amount: '9.90', lines: [{ line: 2, quantity: 1 }] }],
        financialStatus: 'PARTIALLY_REFUNDED',
      },
      {
        id: 1002,
        customerId: 12,
        at: '2026-04-02T09:00:00Z',
        total: '30.00',
        source: '580111',
        app: 'Market place',
        edited: true,
        lines: [
          { id: 4, sku: 'POT', name: 'Pot', productType: 'Kitchen', price: '10.00', quantity: 4, removed: 1 },
          { id: 5, sku: 'PAN', name: 'Pan', productType: '', price: '20.00', quantity: 1, removed: 1 },
        ],
        refunds: [
          { id: 502, at: '2026-04-05T09:00:00Z', amount: '10.00', lines: [{ line: 4, quantity: 1 }] },
          { id: 503, at: '2026-04-09T09:00:00Z', amount: '10.00', lines: [{ line: 4, quantity: 1 }] },
        ],
      },
      {
        id: 1003,
        email: 'Guest@example.com',
        country: 'FR',
        at: '2026-04-03T09:00:00Z',
        total: '12.00',
        source: 'pos',
        lines: [{ id: 6, sku: 'CUP', name: 'Cup', price: '12.00', quantity: 1 }],
      },
      {
        id: 1004,
        customerId: 11,
        at: '2026-04-04T09:00:00Z',
        cancelledAt: '2026-04-04T12:00:00Z',
        financialStatus: 'VOIDED',
        total: '12.00',
        lines: [{ id: 7, sku: 'CUP', name: 'Cup', price: '12.00', quantity: 1 }],
      },
      {
        id: 1005,
        customerId: 11,
        test: true,
        at: '2026-04-05T09:00:00Z',
        total: '1.00',
        lines: [{ id: 8, sku: 'CUP', name: 'Cup', price: '1.00', quantity: 1 }],
      },
      {
        id: 1006,
        at: '2026-04-06T09:00:00Z',
        total: '3.00',
        source: 'pos',
        lines: [{ id: 9, sku: 'CUP', name: 'Cup', price: '3.00', quantity: 1 }],
      },
    ],
    checkouts: [
      {
        id: 71,
        customerId: 12,
        at: '2026-04-20T08:00:00Z',
        lines: [{ id: 1, sku: 'MUG', productType: 'Kitchen', quantity: 1 }],
      },
      { id: 72, at: '2026-04-21T08:00:00Z', lines: [{ id: 2, sku: 'POT', quantity: 1 }] },
    ],
  };
}

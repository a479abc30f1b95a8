import { afterEach, beforeEach, expect, test } from 'vitest';
import { listRejects } from '../../src/sources/rejects.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

/** CSV from records; a column that a record lacks is blank. */
function csv(header: string, ...records: Readonly<Record<string, string | number | undefined>>[]): string {
  const names = header.split(',');
  const rows = records.map(record =>
    names.map(name => `"${String(record[name] ?? '').replaceAll('"', '""')}"`).join(','),
  );
  return `${[header, ...rows].join('\n')}\n`;
}

const shopifyOrders =
  'Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Country,Cancelled at,Refunded Amount,Id,Source,Phone';

const head = {
  Name: '#1001',
  Email: 'Ann@Example.com',
  'Financial Status': 'paid',
  Currency: 'GBP',
  Total: '30.00',
  'Discount Code': 'SPRING',
  'Discount Amount': '3.00',
  'Created at': '2026-05-14 11:23:45 +0100',
  'Lineitem quantity': 2,
  'Lineitem name': 'Mug - blue',
  'Lineitem price': '10.00',
  'Lineitem sku': 'MUG-B',
  'Billing Country': 'GB',
  'Refunded Amount': '5.00',
  Source: 'web',
};
const more = {
  Name: '#1001',
  Email: 'ann@example.com',
  'Lineitem quantity': 1,
  'Lineitem name': 'Tea',
  'Lineitem price': '13.00',
};

test('Shopify orders: the rows after the first of an order are its further lines', async () => {
  const path = await shop.file('orders_export.csv', csv(shopifyOrders, head, more));
  const report = await shop.import(path);
  expect(report.files[0]).toMatchObject({
    format: 'shopify-orders',
    source: 'shopify',
    rowsIn: 2,
    stored: 2,
    rejected: 0,
    tables: { customers: 1, orders: 1, order_lines: 2 },
  });
  expect(await shop.query('SELECT * FROM orders')).toEqual([
    {
      source: 'shopify',
      order_id: '#1001',
      customer_id: 'ann@example.com',
      profile_id: 'shopify/ann@example.com',
      ordered_at: '2026-05-14T10:23:45Z',
      total: 30,
      currency: 'GBP',
      channel: 'web',
      discount: 3,
      refunded: 5,
      refunded_at: null,
      coupon_code: 'SPRING',
      status: 'paid',
      stay_from: null,
      stay_to: null,
      party_size: null,
      plan_tier: null,
      renews_at: null,
    },
  ]);
  expect(
    await shop.query('SELECT line_id, sku, product, quantity, unit_price FROM order_lines ORDER BY 1'),
  ).toEqual([
    { line_id: '["#1001","MUG-B",1]', sku: 'MUG-B', product: 'Mug - blue', quantity: 2, unit_price: 10 },
    { line_id: '["#1001","Tea",1]', sku: 'Tea', product: 'Tea', quantity: 1, unit_price: 13 },
  ]);
  const again = await shop.import(path);
  expect(again.files[0]).toMatchObject({ stored: 0, alreadyThere: 2 });
});

test('Shopify orders: a changed state is an update, a cancelled order is marked', async () => {
  await shop.import(await shop.file('one.csv', csv(shopifyOrders, head, more)));
  const cancelled = { ...head, 'Cancelled at': '2026-05-15 09:00:00 +0100', 'Financial Status': 'refunded' };
  const report = await shop.import(await shop.file('two.csv', csv(shopifyOrders, cancelled, more)));
  expect(report.files[0]).toMatchObject({ stored: 1, updated: 1, alreadyThere: 1 });
  expect(await shop.query('SELECT status FROM orders')).toEqual([{ status: 'cancelled' }]);
});

test('Shopify orders: what cannot be an order is rejected with all its rows', async () => {
  const report = await shop.import(
    await shop.file(
      'orders.csv',
      csv(
        shopifyOrders,
        { ...head, Name: '#1', Email: '' },
        { ...more, Name: '#1', Email: '' },
        { ...head, Name: '#2', 'Created at': 'May' },
        { ...more, Name: '#2' },
        { ...more, Name: '#3' },
        { ...head, Name: '#4' },
        { ...head, Name: '#4', Total: '31.00' },
        { ...head, Name: '#5', Email: '', Phone: "'+44 20 7946 0000" },
        { ...more, Name: '#5', Email: '' },
        { ...more, Name: '#5', Email: '' },
      ),
    ),
  );
  expect(report.files[0]).toMatchObject({ rowsIn: 10, stored: 3, rejected: 7 });
  const rejected = await listRejects(shop.warehouse, { limit: 20 });
  expect(rejected.map(row => [row.rowNumber, row.reason])).toEqual([
    [1, 'no customer: neither an e-mail nor a phone number'],
    [2, 'its order was rejected'],
    [3, 'Created at is not a date (expected 2026-05-14, with or without a time and a zone)'],
    [4, 'its order was rejected'],
    [5, 'its order is not in this file'],
    [6, 'the same order comes again further down, and that was kept'],
    [10, 'repeats an earlier row exactly'],
  ]);
  expect(await shop.query('SELECT order_id, customer_id, total FROM orders ORDER BY 1')).toEqual([
    { order_id: '#4', customer_id: 'ann@example.com', total: 31 },
    { order_id: '#5', customer_id: '+442079460000', total: 30 },
  ]);
});

test.each([
  ['the same', { ...head }],
  ['in another state', { ...head, 'Financial Status': 'refunded' }],
])(
  'Shopify orders: of two exports glued together, %s, the second counts, with all its lines',
  async (_, later) => {
    const report = await shop.import(
      await shop.file('glued.csv', csv(shopifyOrders, head, more, later, more)),
    );
    expect(report.files[0]).toMatchObject({
      rowsIn: 4,
      stored: 2,
      rejected: 2,
      reasons: [{ reason: 'the same order comes again further down, and that was kept', rows: 2 }],
    });
    expect(await shop.query('SELECT status FROM orders')).toEqual([{ status: later['Financial Status'] }]);
    expect(await shop.query('SELECT sku FROM order_lines ORDER BY sku')).toEqual([
      { sku: 'MUG-B' },
      { sku: 'Tea' },
    ]);
  },
);

test('Shopify orders: where the order cannot be read when it comes again, the one before counts', async () => {
  const report = await shop.import(
    await shop.file('glued.csv', csv(shopifyOrders, head, more, { ...head, Total: '-1' }, more)),
  );
  expect(report.files[0]!.reasons).toEqual([
    { reason: 'Total is negative', rows: 1 },
    { reason: 'its order was rejected', rows: 1 },
  ]);
  expect(await shop.query('SELECT total FROM orders')).toEqual([{ total: 30 }]);
  expect(await shop.query('SELECT sku FROM order_lines ORDER BY sku')).toEqual([
    { sku: 'MUG-B' },
    { sku: 'Tea' },
  ]);
});

test('a second MUG and a MUG-2 are two lines, also of orders whose numbers end alike', async () => {
  const line = (name: string, sku: string, quantity: number) => ({
    Name: name,
    'Lineitem name': 'Mug',
    'Lineitem sku': sku,
    'Lineitem quantity': quantity,
  });
  const path = await shop.file(
    'orders.csv',
    csv(
      shopifyOrders,
      { ...head, ...line('#1', 'MUG', 3) },
      line('#1', 'MUG', 2),
      line('#1', 'MUG-2', 1),
      line('#1', '2-MUG', 1),
      { ...head, ...line('#1-2', 'MUG', 1) },
    ),
  );
  expect((await shop.import(path)).files[0]).toMatchObject({ stored: 5, tables: { order_lines: 5 } });
  expect(await shop.query('SELECT count(DISTINCT line_id) AS ids FROM order_lines')).toEqual([{ ids: 5 }]);
  expect((await shop.import(path)).files[0]).toMatchObject({ stored: 0, alreadyThere: 5 });
});

test('Shopify customers join their orders by e-mail, whichever comes first', async () => {
  const customers = csv(
    'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Country Code,Phone,Total Spent,Total Orders,Tax Exempt',
    {
      'Customer ID': "'789",
      Email: 'ann@example.com',
      'Accepts Email Marketing': 'yes',
      'Default Address Country Code': 'GB',
      Phone: "'+442079460000",
    },
    { Email: '', 'Accepts Email Marketing': 'no' },
  );
  await shop.import(await shop.file('orders.csv', csv(shopifyOrders, head)));
  const report = await shop.import(await shop.file('customers.csv', customers));
  expect(report.files[0]).toMatchObject({ format: 'shopify-customers', rowsIn: 2, stored: 1, rejected: 1 });
  expect(await shop.query('SELECT DISTINCT profile_id FROM orders')).toEqual([{ profile_id: 'shopify/789' }]);
  expect(
    await shop.query("SELECT phone, accepts_marketing FROM customers WHERE customer_id = '789'"),
  ).toEqual([{ phone: '+442079460000', accepts_marketing: true }]);
});

test('Shopify customers in the older form are known by their e-mail', async () => {
  const report = await shop.import(
    await shop.file(
      'customers.csv',
      csv('First Name,Last Name,Email,Accepts Marketing,Company,Phone,Tags,Note,Tax Exempt', {
        Email: 'Bo@Example.com',
        'Accepts Marketing': 'no',
      }),
    ),
  );
  expect(report.files[0]).toMatchObject({ format: 'shopify-customers', stored: 1 });
  expect(await shop.query('SELECT customer_id, accepts_marketing FROM customers')).toEqual([
    { customer_id: 'bo@example.com', accepts_marketing: false },
  ]);
});

test('Klaviyo profiles join the shop by the id that the shop gave them', async () => {
  await shop.import(await shop.file('customers.csv', 'customer_id,country\nC7,GB\n'));
  const report = await shop.import(
    await shop.file(
      'klaviyo.csv',
      csv(
        'Email,Klaviyo ID,Phone Number,Country,Source,Email Marketing Consent,Profile Created On,Email Suppressions,External ID',
        {
          Email: 'Cy@Example.com',
          'Klaviyo ID': '01ABC',
          'Phone Number': '+44 7700 900123',
          Source: 'Popup',
          'Email Marketing Consent': 'SUBSCRIBED',
          'Profile Created On': '2026-01-02 03:04:05',
          'Email Suppressions': '[]',
          'External ID': 'C7',
        },
      ),
    ),
  );
  expect(report.files[0]).toMatchObject({ format: 'klaviyo-profiles', stored: 1 });
  expect(report.merges).toMatchObject({ identities: 2, profiles: 1, byId: 1 });
  expect(await shop.query("SELECT profile_id, reason FROM identities WHERE source = 'shop'")).toEqual([
    { profile_id: 'klaviyo/01ABC', reason: 'same id as klaviyo/01ABC' },
  ]);
  expect(
    await shop.query(
      "SELECT phone, created_at, acquisition_channel, accepts_marketing FROM customers WHERE source = 'klaviyo'",
    ),
  ).toEqual([
    {
      phone: '+447700900123',
      created_at: '2026-01-02T03:04:05Z',
      acquisition_channel: 'Popup',
      accepts_marketing: true,
    },
  ]);
});

test('Mailchimp members: the three files of an audience tell who may be written to', async () => {
  const header = 'Email Address,First Name,MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,CC,LEID,EUID,TAGS';
  const member = {
    'Email Address': 'Di@Example.com',
    MEMBER_RATING: 2,
    OPTIN_TIME: '',
    CONFIRM_TIME: '2026-02-03 04:05:06',
    CC: 'gb',
    LEID: 1,
    EUID: 'e1',
    TAGS: '"a","b"',
  };
  await shop.import(await shop.file('subscribed.csv', csv(header, member)));
  await shop.import(
    await shop.file(
      'unsubscribed.csv',
      csv(
        `${header},UNSUB_TIME,UNSUB_REASON`,
        { ...member, 'Email Address': 'ed@example.com', EUID: 'e2', UNSUB_TIME: '2026-03-01 00:00:00' },
        { ...member, 'Email Address': 'nobody', EUID: 'e3' },
      ),
    ),
  );
  expect(
    await shop.query(
      'SELECT customer_id, email, country, created_at, accepts_marketing FROM customers ORDER BY 1',
    ),
  ).toEqual([
    {
      customer_id: 'e1',
      email: 'di@example.com',
      country: 'GB',
      created_at: '2026-02-03T04:05:06Z',
      accepts_marketing: true,
    },
    {
      customer_id: 'e2',
      email: 'ed@example.com',
      country: 'GB',
      created_at: '2026-02-03T04:05:06Z',
      accepts_marketing: false,
    },
  ]);
  expect(await listRejects(shop.warehouse, { limit: 5 })).toMatchObject([
    { reason: 'Email Address is not an e-mail address' },
  ]);
});

test.each([
  {
    plugin: 'with readable headers',
    header:
      'Order Number,Order Status,Order Date,Email (Billing),Country Code (Billing),Order Total Amount,Order Refund Amount,SKU,Item Name,Quantity,Item Cost,Coupon Code',
    order: {
      'Order Number': 55,
      'Order Status': 'Completed',
      'Order Date': '2026-05-14 11:23',
      'Email (Billing)': 'Fi@example.com',
      'Country Code (Billing)': 'GB',
      'Order Total Amount': '33.00',
      'Order Refund Amount': '3.00',
      'Coupon Code': 'X',
    },
    lines: [
      { SKU: 'a', 'Item Name': 'Apple', Quantity: 3, 'Item Cost': '1.00' },
      { SKU: 'b', 'Item Name': 'Bread', Quantity: 1, 'Item Cost': '30.00' },
    ],
  },
  {
    plugin: 'with technical headers',
    header:
      'order_id,order_number,date,status,order_total,refunded_total,order_currency,customer_id,billing_email,billing_phone,item_name,item_sku,item_quantity,item_total,item_id',
    order: {
      order_id: 9,
      order_number: 55,
      date: '2026-05-14 11:23:00',
      status: 'completed',
      order_total: '33.00',
      refunded_total: '3.00',
      order_currency: 'GBP',
      customer_id: 0,
      billing_email: 'fi@example.com',
    },
    lines: [
      { item_sku: 'a', item_name: 'Apple', item_quantity: 3, item_total: '3.00', item_id: 700 },
      { item_sku: 'b', item_name: 'Bread', item_quantity: 1, item_total: '30.00', item_id: 701 },
    ],
  },
])('WooCommerce orders $plugin', async ({ header, order, lines }) => {
  const path = await shop.file('orders.csv', csv(header, ...lines.map(line => ({ ...order, ...line }))));
  const report = await shop.import(path);
  expect(report.files[0]).toMatchObject({ format: 'woocommerce-orders', rowsIn: 2, stored: 2, rejected: 0 });
  expect(
    await shop.query('SELECT order_id, customer_id, total, refunded, status, ordered_at FROM orders'),
  ).toEqual([
    {
      order_id: '55',
      customer_id: 'fi@example.com',
      total: 33,
      refunded: 3,
      status: 'completed',
      ordered_at: '2026-05-14T11:23:00Z',
    },
  ]);
  expect(await shop.query('SELECT sku, product, quantity, unit_price FROM order_lines ORDER BY sku')).toEqual(
    [
      { sku: 'a', product: 'Apple', quantity: 3, unit_price: 1 },
      { sku: 'b', product: 'Bread', quantity: 1, unit_price: 30 },
    ],
  );
  expect((await shop.import(path)).files[0]).toMatchObject({ stored: 0, alreadyThere: 2 });
});

test('WooCommerce orders: unpaid ones are no purchases, blank numbers continue the order above', async () => {
  const header =
    'Order Number,Order Status,Order Date,Billing Email,Order Total,Item Name,Quantity,Item Cost';
  const order = {
    'Order Number': 1,
    'Order Status': 'wc-pending',
    'Order Date': '2026-05-14',
    'Billing Email': 'gi@example.com',
    'Order Total': '5',
  };
  const report = await shop.import(
    await shop.file(
      'orders.csv',
      csv(
        header,
        { ...order, 'Item Name': 'Apple', Quantity: 1, 'Item Cost': 2 },
        { 'Item Name': 'Bread', Quantity: 1, 'Item Cost': 3 },
      ),
    ),
  );
  expect(report.files[0]).toMatchObject({ rowsIn: 2, stored: 2, tables: { orders: 1, order_lines: 2 } });
  expect(await shop.query('SELECT status FROM orders')).toEqual([{ status: 'voided' }]);
  const alike = { 'Item Name': 'Bread', Quantity: 1, 'Item Cost': 3 };
  const two = await shop.import(
    await shop.file('alike.csv', csv(header, order, alike, { ...order, 'Order Number': 2 }, alike)),
  );
  expect(two.files[0]).toMatchObject({ rowsIn: 4, rejected: 0 });
  expect(await shop.query("SELECT order_id FROM order_lines WHERE product = 'Bread' ORDER BY 1")).toEqual([
    { order_id: '1' },
    { order_id: '2' },
  ]);
});

import type { Preset } from '../preset.ts';
import { orderChecks, orderTables, prepareOrders } from './order-rows.ts';

/** A row per line item; the cells of the order are blank on all but its first row. */
export const shopifyOrders: Preset = {
  name: 'shopify-orders',
  title: 'Shopify orders export',
  headers: 'Name, Email, Financial Status, Created at, Total, Lineitem name',
  source: 'shopify',
  fields: {
    order_id: { from: ['name'], kind: 'id', need: 'column' },
    email: { from: ['email'], kind: 'email', need: 'column' },
    phone: { from: ['phone', 'billing_phone', 'shipping_phone'], kind: 'phone' },
    country: { from: ['billing_country', 'shipping_country'], kind: 'text' },
    accepts_marketing: { from: ['accepts_marketing'], kind: 'flag' },
    ordered_at: { from: ['created_at'], kind: 'time', need: 'column' },
    total: { from: ['total'], kind: 'money', need: 'column' },
    currency: { from: ['currency'], kind: 'text' },
    channel: { from: ['source'], kind: 'text' },
    discount: { from: ['discount_amount'], kind: 'money' },
    refunded: { from: ['refunded_amount'], kind: 'money' },
    coupon_code: { from: ['discount_code'], kind: 'text' },
    status: { from: ['financial_status'], kind: 'text', need: 'column' },
    cancelled_at: { from: ['cancelled_at'], kind: 'time' },
    sku: { from: ['lineitem_sku'], kind: 'id' },
    product: { from: ['lineitem_name'], kind: 'text', need: 'column' },
    category: { from: ['lineitem_type', 'product_type'], kind: 'text' },
    quantity: { from: ['lineitem_quantity'], kind: 'money' },
    unit_price: { from: ['lineitem_price'], kind: 'money' },
    line_total: { from: [], kind: 'money' },
    line_ref: { from: [], kind: 'id' },
    returned_quantity: { from: [], kind: 'money' },
  },
  checks: orderChecks,
  prepare: prepareOrders(
    'blank',
    `CASE WHEN cancelled_at IS NOT NULL THEN 'cancelled' ELSE lower(status) END`,
  ),
  tables: orderTables,
};

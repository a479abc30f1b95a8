import type { Preset } from '../preset.ts';
import { orderChecks, orderTables, prepareOrders } from './order-rows.ts';

/**
 * WooCommerce has no export format of its own; the column names are those of its common export plugins.
 * Orders that were never paid (failed, unfinished, binned) are no purchases.
 */
export const woocommerceOrders: Preset = {
  name: 'woocommerce-orders',
  title: 'WooCommerce orders, as its common export plugins write them',
  headers: 'Order Number or Order ID, Order Status, Order Date, Email (Billing), Order Total',
  source: 'woocommerce',
  fields: {
    order_id: { from: ['order_number', 'order_id', 'order_no'], kind: 'id', need: 'column' },
    email: {
      from: ['email_billing', 'billing_email', 'billing_email_address', 'customer_email', 'email'],
      kind: 'email',
      need: 'column',
    },
    phone: {
      from: ['phone_billing', 'billing_phone', 'billing_phone_number', 'customer_phone'],
      kind: 'phone',
    },
    country: {
      from: [
        'country_code_billing',
        'billing_country',
        'billing_country_code',
        'country_billing',
        'country_name_billing',
      ],
      kind: 'text',
    },
    accepts_marketing: { from: [], kind: 'flag' },
    ordered_at: { from: ['order_date', 'date', 'date_created'], kind: 'time', need: 'column' },
    total: { from: ['order_total', 'order_total_amount', 'total'], kind: 'money', need: 'column' },
    currency: { from: ['order_currency', 'currency'], kind: 'text' },
    channel: { from: ['created_via', 'order_source'], kind: 'text' },
    discount: {
      from: ['cart_discount_amount', 'discount_total', 'total_discount', 'cart_discount', 'order_discount'],
      kind: 'money',
    },
    refunded: {
      from: [
        'order_refund_amount',
        'refunded_total',
        'total_refunded',
        'order_total_refunded',
        'refund_amount',
      ],
      kind: 'money',
    },
    coupon_code: { from: ['coupon_code', 'coupon_codes', 'coupons_used'], kind: 'text' },
    status: { from: ['order_status', 'status'], kind: 'text', need: 'column' },
    sku: { from: ['sku', 'item_sku', 'product_sku'], kind: 'id' },
    product: { from: ['item_name', 'product_name', 'product_name_main', 'name'], kind: 'text' },
    category: { from: ['category', 'categories', 'product_categories', 'item_categories'], kind: 'text' },
    quantity: { from: ['item_quantity', 'quantity', 'qty', 'quantity_refund'], kind: 'money' },
    unit_price: { from: ['item_cost', 'item_price', 'product_price', 'unit_price'], kind: 'money' },
    line_total: { from: ['item_total', 'order_line_total', 'line_total', 'item_subtotal'], kind: 'money' },
    line_ref: { from: ['item_id', 'order_item_id'], kind: 'id' },
    returned_quantity: {
      from: ['item_refunded_qty', 'quantity_refunded', 'refunded_quantity'],
      kind: 'money',
    },
  },
  not: ['financial_status', 'lineitem_name'],
  checks: orderChecks,
  prepare: prepareOrders(
    'repeated',
    `CASE WHEN regexp_replace(lower(status), '^wc-', '') IN ('failed', 'pending', 'pending payment', 'checkout-draft',
       'draft', 'auto-draft', 'trash') THEN 'voided' ELSE regexp_replace(lower(status), '^wc-', '') END`,
  ),
  tables: orderTables,
};

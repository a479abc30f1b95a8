import type { CanonicalRow } from '../../pull/source.ts';
import type { WooCustomer, WooLine, WooOrder, WooRefund } from './records.ts';

export function customerRow({ id, email, date_created_gmt, billing }: WooCustomer): CanonicalRow {
  return {
    customer_id: String(id),
    email: emailOf(email),
    phone: phoneOf(billing?.phone),
    country: billing?.country || null,
    created_at: utc(date_created_gmt),
  };
}

/** By what an order's customer is known: the account, or for guests who the order was billed to, as in a file of orders. */
export function customerOf({ customer_id, billing }: WooOrder): string | null {
  if (customer_id !== 0) return String(customer_id);
  const phone = phoneOf(billing?.phone);
  return emailOf(billing?.email) ?? (phone !== null && phone.length >= 7 ? phone : null);
}

/** What an order tells of a guest, the latest order last; of an account the customer's own record tells more. */
export function guestRow(order: WooOrder): CanonicalRow | null {
  const customer_id = customerOf(order);
  if (order.customer_id !== 0 || customer_id === null) return null;
  const { email, phone, country } = order.billing ?? {};
  return {
    customer_id,
    ...told('email', emailOf(email)),
    ...told('phone', phoneOf(phone)),
    ...told('country', country || null),
    ...told('changed_at', utc(order.date_created_gmt)),
  };
}

/** What a blank billing field tells is nothing, so that it does not blank what an earlier order told. */
function told(column: string, value: string | null): CanonicalRow {
  return value === null ? {} : { [column]: value };
}

export function orderRow(order: WooOrder, customer: string, refunds: readonly WooRefund[]): CanonicalRow {
  const refunded = (order.refunds ?? []).reduce((sum, { total }) => sum + tenThousandths(total), 0n);
  const times = refunds.flatMap(({ date_created_gmt }) => utc(date_created_gmt) ?? []).sort();
  return {
    order_id: orderId(order),
    customer_id: customer,
    ordered_at: utc(order.date_created_gmt),
    total: order.total,
    currency: order.currency?.toUpperCase() || null,
    channel: order.created_via?.toLowerCase() || null,
    discount: decimal(absolute(tenThousandths(order.discount_total || '0'))),
    refunded: decimal(absolute(refunded)),
    refunded_at: times.at(-1) ?? null,
    coupon_code: order.coupon_lines?.map(({ code }) => code).join(', ') || null,
    status: statusOf(order.status),
    changed_at: utc(order.date_modified_gmt),
  };
}

/** As the presets for files name lines, so that the same line in a file is the same line. */
export function lineRows(
  order: WooOrder,
  refunds: readonly WooRefund[],
  categories: ReadonlyMap<number, string>,
): CanonicalRow[] {
  const back = returned(refunds);
  return (order.line_items ?? [])
    .filter(line => line.quantity > 0)
    .map(line => ({
      line_id: JSON.stringify([orderId(order), String(line.id), 1]),
      order_id: orderId(order),
      sku: line.sku || line.name || String(line.product_id),
      product: line.name || null,
      category: categories.get(line.product_id) || null,
      quantity: String(line.quantity),
      unit_price: priceOf(line),
      returned_quantity: String(Math.min(back.get(line.id) ?? 0, line.quantity)),
    }));
}

function returned(refunds: readonly WooRefund[]): Map<number, number> {
  const back = new Map<number, number>();
  for (const { quantity, meta_data } of refunds.flatMap(({ line_items = [] }) => line_items)) {
    const line = Number(meta_data?.find(({ key }) => key === '_refunded_item_id')?.value);
    if (line > 0) back.set(line, (back.get(line) ?? 0) + Math.abs(quantity));
  }
  return back;
}

/** The number that people see, which exports carry as well. */
export function orderId({ number, id }: WooOrder): string {
  return number || String(id);
}

/** Orders that were never paid (failed, unfinished, binned) are no purchases. */
function statusOf(status: string): string {
  const plain = status.toLowerCase().replace(/^wc-/, '');
  return neverPaid.has(plain) ? 'voided' : plain;
}

const neverPaid = new Set(['failed', 'pending', 'checkout-draft', 'draft', 'auto-draft', 'trash']);

function priceOf({ total, quantity }: WooLine): string {
  const cents = absolute(tenThousandths(total)) * 1000n;
  const parts = BigInt(Math.round(quantity * 1000));
  return decimal((cents + parts / 2n) / parts);
}

/** Money without fractions, so that it adds up exactly. */
function tenThousandths(text: string): bigint {
  const [, sign, whole = '', part = ''] = /^(-?)(\d*)(?:\.(\d*))?$/.exec(text.trim()) ?? [];
  const value = BigInt(`${whole || '0'}${part.slice(0, 4).padEnd(4, '0')}`);
  return sign === '-' ? -value : value;
}

const absolute = (value: bigint) => (value < 0n ? -value : value);

function decimal(value: bigint): string {
  return `${value / 10_000n}.${String(value % 10_000n).padStart(4, '0')}`;
}

export function utc(time: string | null): string | null {
  if (!time) return null;
  return /Z|[+-]\d\d:?\d\d$/.test(time) ? time : `${time}Z`;
}

function emailOf(text: string | undefined): string | null {
  const plain = text?.trim().toLowerCase() ?? '';
  return /^[^@]+@[^@]+$/.test(plain) ? plain : null;
}

/** As phones of files are cleaned. */
function phoneOf(text: string | undefined): string | null {
  return text?.replaceAll(/[^0-9+]/g, '').replace(/^00/, '+') || null;
}

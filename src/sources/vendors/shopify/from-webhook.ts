import type { z } from 'zod';
import type { Page } from '../../pull/source.ts';
import { latest, type Returns } from './from-graphql.ts';
import {
  checkoutPayload,
  consentPayload,
  customerPayload,
  gonePayload,
  ofOrderPayload,
  orderPayload,
} from './payloads.ts';
import { blankToNull, type ShopCheckout, type ShopCustomer, type ShopOrder } from './records.ts';
import { checkoutRows, consentRows, customerRows, orderRows } from './rows.ts';

/** What a message of the shop comes to. */
export type Told =
  | { rows: Page['rows']; gone?: Page['gone']; leftOut: Page['leftOut'] }
  /** An order that it tells a part of: it has to be asked for. */
  | { order: string }
  | { nothing: string };

/**
 * Reads a message by its topic.
 *
 * @throws ZodError where it does not hold what messages of its topic hold
 */
export function told(topic: string, payload: unknown): Told {
  const [subject = '', verb = ''] = topic.split('/');
  if (subject === 'refunds' || topic === 'orders/edited')
    return { order: ofOrderPayload.parse(payload).order_id };
  if (topic === 'orders/delete') return { nothing: 'an order that was deleted is kept as it last was' };
  if (subject === 'orders') return ordersTold(orderPayload.parse(payload));
  if (topic === 'customers/delete')
    return { rows: {}, gone: { customers: [gonePayload.parse(payload).id] }, leftOut: [] };
  if (subject === 'customers' && ['create', 'update', 'enable', 'disable'].includes(verb))
    return customerRows([customerIn(customerPayload.parse(payload))]);
  if (subject.endsWith('marketing_consent')) return consentsTold(consentPayload.parse(payload));
  if (topic === 'checkouts/create' || topic === 'checkouts/update')
    return checkoutRows([checkoutIn(checkoutPayload.parse(payload))]);
  return { nothing: 'a topic of which nothing is kept' };
}

function ordersTold(order: z.infer<typeof orderPayload>): Told {
  const foreign = paybacks(order).some(({ currency }) => currency && currency !== order.currency);
  // What was paid back in another currency is told in the shop's own only where it is asked for.
  return foreign ? { order: order.id } : orderRows([orderIn(order)]);
}

function paybacks({ refunds }: z.infer<typeof orderPayload>) {
  return (refunds ?? []).flatMap(({ transactions, created_at, processed_at }) =>
    (transactions ?? [])
      .filter(({ kind, status }) => kind === 'refund' && status === 'success')
      .map(({ amount, currency }) => ({ amount, currency, at: processed_at ?? created_at })),
  );
}

function orderIn(order: z.infer<typeof orderPayload>): ShopOrder {
  const paid = paybacks(order);
  const returns = returnsIn(order);
  const source = blankToNull(order.source_name);
  const cancelled = Boolean(order.cancelled_at);
  return {
    id: order.id,
    name: order.name,
    updatedAt: order.updated_at,
    orderedAt: order.processed_at ?? order.created_at,
    cancelled,
    test: order.test ?? false,
    financialStatus: order.financial_status?.toLowerCase() ?? null,
    customerId: order.customer?.id ?? null,
    email: blankToNull(order.email),
    phone: blankToNull(order.phone),
    country: order.billing_address?.country_code ?? order.shipping_address?.country_code ?? null,
    total: order.total_price,
    currency: order.currency,
    discount: order.total_discounts ?? '0',
    refunded: (paid.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 1e4), 0) / 1e4).toFixed(4),
    refundedAt: latest(paid.map(({ at }) => at)),
    couponCodes: (order.discount_codes ?? []).map(({ code }) => code),
    // Of an app without a name of its own only the number is told here, and its name in a pull.
    ...(source !== null && /^\d+$/.test(source) ? {} : { channel: source }),
    lines: order.line_items.map(line => {
      const back = returns.get(line.id);
      const returned = Math.min(back?.quantity ?? 0, line.quantity);
      const kept = line.current_quantity ?? line.quantity - returned;
      return {
        id: line.id,
        sku: blankToNull(line.sku),
        name: line.name,
        price: line.price,
        ordered: line.quantity,
        removed: cancelled ? 0 : Math.max(0, line.quantity - kept - returned),
        returned,
        returnedAt: back?.at ?? null,
      };
    }),
  };
}

function returnsIn({ refunds }: z.infer<typeof orderPayload>): Returns {
  const returns = new Map<string, { quantity: number; at: string }>();
  for (const { created_at, processed_at, refund_line_items } of refunds ?? []) {
    const at = processed_at ?? created_at;
    for (const { line_item_id, quantity } of refund_line_items ?? []) {
      const before = returns.get(line_item_id);
      returns.set(line_item_id, {
        quantity: quantity + (before?.quantity ?? 0),
        at: latest([at, before?.at ?? at])!,
      });
    }
  }
  return returns;
}

function customerIn(customer: z.infer<typeof customerPayload>): ShopCustomer {
  const { email_marketing_consent: email, sms_marketing_consent: sms } = customer;
  return {
    id: customer.id,
    updatedAt: customer.updated_at,
    createdAt: customer.created_at,
    email: blankToNull(customer.email)?.toLowerCase() ?? null,
    phone: blankToNull(customer.phone),
    country: customer.default_address?.country_code ?? null,
    emailMarketing: email ? { state: email.state, at: email.consent_updated_at ?? null } : null,
    smsMarketing: sms ? { state: sms.state, at: sms.consent_updated_at ?? null } : null,
  };
}

function consentsTold(consent: z.infer<typeof consentPayload>): Told {
  const id = consent.customer_id ?? consent.id;
  if (id === undefined) return { nothing: 'a consent of nobody' };
  const { email_marketing_consent: email, sms_marketing_consent: sms } = consent;
  const rows = Object.entries({ email, sms }).flatMap(([channel, said]) =>
    said?.consent_updated_at ? consentRows(id, channel, said.state, said.consent_updated_at) : [],
  );
  // Dated, so that one that comes too late does not take back what was said since.
  const accepts = email?.consent_updated_at
    ? [
        {
          customer_id: id,
          changed_at: email.consent_updated_at,
          accepts_marketing: email.state === 'subscribed',
        },
      ]
    : [];
  return { rows: { customers: accepts, consents: rows }, leftOut: [] };
}

function checkoutIn(checkout: z.infer<typeof checkoutPayload>): ShopCheckout {
  return {
    id: checkout.id,
    updatedAt: checkout.updated_at,
    startedAt: checkout.created_at,
    customerId: checkout.customer?.id ?? null,
    email: blankToNull(checkout.email),
    sku: blankToNull(checkout.line_items?.[0]?.sku),
  };
}

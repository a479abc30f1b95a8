import { createHmac } from 'node:crypto';
import type { Connection } from '../../../../src/vendors/vendor.ts';
import { leftOf, type MockCheckout, type MockCustomer, type MockOrder, nameOf } from './rows.ts';

/** Messages as the shop sends them: in the form of its REST API. */
export function orderMessage(order: MockOrder): Record<string, unknown> {
  const address = order.country ? { country_code: order.country } : null;
  return {
    id: order.id,
    admin_graphql_api_id: `gid://shopify/Order/${order.id}`,
    name: nameOf(order),
    created_at: order.at,
    processed_at: order.at,
    updated_at: order.updatedAt ?? order.at,
    cancelled_at: order.cancelledAt ?? null,
    test: order.test ?? false,
    financial_status: (order.financialStatus ?? 'PAID').toLowerCase(),
    customer: order.customerId ? { id: order.customerId } : null,
    email: order.email ?? '',
    phone: order.phone ?? null,
    billing_address: address,
    shipping_address: address,
    total_price: order.total,
    total_discounts: order.discount ?? '0.00',
    currency: 'EUR',
    discount_codes: (order.codes ?? []).map(code => ({ code, amount: '1.00', type: 'fixed_amount' })),
    source_name: order.source ?? 'web',
    line_items: order.lines.map(line => ({
      id: line.id,
      sku: line.sku ?? '',
      name: line.name,
      quantity: line.quantity,
      current_quantity: order.cancelledAt ? 0 : leftOf(line, order),
      price: line.price,
    })),
    refunds: (order.refunds ?? []).map(({ id, at, amount, lines }) => ({
      id,
      created_at: at,
      processed_at: at,
      refund_line_items: lines.map(({ line, quantity }) => ({ line_item_id: line, quantity })),
      transactions: [{ amount, kind: 'refund', status: 'success', currency: 'EUR' }],
    })),
  };
}

export function customerMessage(customer: MockCustomer): Record<string, unknown> {
  return {
    id: customer.id,
    created_at: customer.createdAt,
    updated_at: customer.updatedAt ?? customer.createdAt,
    email: customer.email ?? null,
    phone: customer.phone ?? null,
    default_address: customer.country ? { country_code: customer.country } : null,
    email_marketing_consent: customer.email
      ? {
          state: (customer.emailState ?? 'NOT_SUBSCRIBED').toLowerCase(),
          consent_updated_at: customer.emailStateAt ?? null,
        }
      : null,
    sms_marketing_consent: customer.phone
      ? {
          state: (customer.smsState ?? 'NEVER_SUBSCRIBED').toLowerCase(),
          consent_updated_at: customer.smsStateAt ?? null,
        }
      : null,
  };
}

export function checkoutMessage(checkout: MockCheckout & { email?: string }): Record<string, unknown> {
  return {
    id: checkout.id,
    token: `token-${checkout.id}`,
    created_at: checkout.at,
    updated_at: checkout.updatedAt ?? checkout.at,
    customer: checkout.customerId ? { id: checkout.customerId } : undefined,
    email: checkout.email ?? null,
    line_items: checkout.lines.map(({ sku, quantity }) => ({ sku, quantity, title: sku })),
  };
}

/** Sends a message over HTTP, signed as the shop signs. */
export function sendMessage(
  url: string,
  { name, settings, secrets }: Connection,
  topic: string,
  payload: unknown,
  { id = 'w-1', headers = {} }: { id?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const body = JSON.stringify(payload);
  const secret = secrets.webhook_secret ?? '';
  return fetch(`${url}/v1/webhooks/shopify/${name}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': settings.shop ?? '',
      'x-shopify-webhook-id': id,
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
      ...headers,
    },
  });
}

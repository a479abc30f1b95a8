import { connection } from './connections.ts';
import {
  gid,
  leftOf,
  type MockCheckout,
  type MockCustomer,
  type MockOrder,
  nameOf,
  refundedOf,
} from './rows.ts';

const currencyCode = 'EUR';

const money = (amount: string) => ({
  shopMoney: { amount, currencyCode },
  presentmentMoney: { amount, currencyCode },
});

export const changedAt = (row: { updatedAt?: string; createdAt?: string; at?: string }): string =>
  row.updatedAt ?? row.createdAt ?? row.at!;

export function customerNode(row: MockCustomer) {
  return {
    __typename: 'Customer',
    id: gid('Customer', row.id),
    legacyResourceId: String(row.id),
    createdAt: row.createdAt,
    updatedAt: changedAt(row),
    tags: row.tags ?? [],
    defaultEmailAddress: row.email
      ? {
          emailAddress: row.email,
          marketingState: row.emailState ?? 'NOT_SUBSCRIBED',
          marketingUpdatedAt: row.emailStateAt ?? null,
        }
      : null,
    defaultPhoneNumber: row.phone
      ? {
          phoneNumber: row.phone,
          smsMarketingConsent: {
            state: row.smsState ?? 'NEVER_SUBSCRIBED',
            updatedAt: row.smsStateAt ?? null,
          },
        }
      : null,
    defaultAddress: row.country ? { countryCodeV2: row.country } : null,
  };
}

export function orderNode(row: MockOrder) {
  const address = row.country ? { countryCodeV2: row.country } : null;
  const lineNode = (line: MockOrder['lines'][number]) => ({
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    sku: line.sku ?? null,
    name: line.name,
    quantity: line.quantity,
    currentQuantity: row.cancelledAt ? 0 : leftOf(line, row),
    originalUnitPriceSet: money(line.price),
    product: line.productType === undefined ? null : { productType: line.productType },
  });
  return {
    __typename: 'Order',
    id: gid('Order', row.id),
    name: nameOf(row),
    createdAt: row.at,
    processedAt: row.at,
    updatedAt: changedAt(row),
    cancelledAt: row.cancelledAt ?? null,
    test: row.test ?? false,
    edited: row.edited ?? false,
    displayFinancialStatus: row.financialStatus ?? 'PAID',
    customer: row.customerId ? { __typename: 'Customer', id: gid('Customer', row.customerId) } : null,
    email: row.email ?? null,
    phone: row.phone ?? null,
    billingAddress: address,
    shippingAddress: address,
    totalPriceSet: money(row.total),
    totalDiscountsSet: money(row.discount ?? '0.00'),
    totalRefundedSet: money(refundedOf(row)),
    discountCodes: row.codes ?? [],
    sourceName: row.source ?? 'web',
    app: row.app ? { name: row.app } : null,
    lineItems: connection(row.lines.map(lineNode)),
    refunds: (row.refunds ?? []).map(refund => refundNode(row, refund)),
  };
}

export function refundNode(order: MockOrder, refund: NonNullable<MockOrder['refunds']>[number]) {
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    createdAt: refund.at,
    processedAt: refund.at,
    totalRefundedSet: money(refund.amount),
    refundLineItems: connection(
      refund.lines.map(({ line, quantity }) => ({
        id: gid('RefundLineItem', refund.id * 1000 + line),
        quantity,
        lineItem: {
          __typename: 'LineItem',
          id: gid('LineItem', line),
          name: order.lines.find(({ id }) => id === line)!.name,
        },
      })),
    ),
  };
}

export function checkoutNode(row: MockCheckout) {
  return {
    __typename: 'AbandonedCheckout',
    id: gid('AbandonedCheckout', row.id),
    createdAt: row.at,
    updatedAt: changedAt(row),
    customer: row.customerId ? { __typename: 'Customer', id: gid('Customer', row.customerId) } : null,
    lineItems: connection(
      row.lines.map(({ id, sku, productType }) => ({
        __typename: 'AbandonedCheckoutLineItem',
        id: gid('AbandonedCheckoutLineItem', id),
        sku,
        product: productType === undefined ? null : { productType },
      })),
    ),
  };
}

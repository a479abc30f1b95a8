import {
  blankToNull,
  numberOf,
  type ShopCheckout,
  type ShopCustomer,
  type ShopLine,
  type ShopOrder,
} from './records.ts';

interface Money {
  shopMoney: { amount: string; currencyCode: string };
}

export interface CustomerNode {
  id: string;
  updatedAt: string;
  createdAt: string;
  defaultEmailAddress: {
    emailAddress: string;
    marketingState: string;
    marketingUpdatedAt: string | null;
  } | null;
  defaultPhoneNumber: {
    phoneNumber: string;
    smsMarketingConsent: { state: string; updatedAt: string | null };
  } | null;
  defaultAddress: { countryCodeV2: string | null } | null;
}

export interface OrderNode {
  id: string;
  name: string;
  updatedAt: string;
  processedAt: string;
  cancelledAt: string | null;
  test: boolean;
  edited: boolean;
  displayFinancialStatus: string | null;
  customer: { id: string } | null;
  email: string | null;
  phone: string | null;
  billingAddress: { countryCodeV2: string | null } | null;
  shippingAddress: { countryCodeV2: string | null } | null;
  totalPriceSet: Money;
  totalDiscountsSet: Money | null;
  totalRefundedSet: Money;
  discountCodes: string[];
  sourceName: string | null;
  app: { name: string } | null;
  refunds: { id: string; processedAt: string; totalRefundedSet: Money }[];
}

export interface LineNode {
  id: string;
  sku: string | null;
  name: string;
  quantity: number;
  currentQuantity: number;
  originalUnitPriceSet: Money;
  product: { productType: string } | null;
}

export interface CheckoutNode {
  id: string;
  updatedAt: string;
  createdAt: string;
  customer: { id: string } | null;
}

export interface CheckoutLineNode {
  id: string;
  sku: string | null;
  product: { productType: string } | null;
}

/** What the refunds of an order took back: by the id of a line how many, and when the last of them. */
export type Returns = ReadonlyMap<string, { quantity: number; at: string }>;

export function customerOf(node: CustomerNode): ShopCustomer {
  const { id, updatedAt, createdAt, defaultEmailAddress, defaultPhoneNumber, defaultAddress } = node;
  return {
    id: numberOf(id),
    updatedAt,
    createdAt,
    email: blankToNull(defaultEmailAddress?.emailAddress)?.toLowerCase() ?? null,
    phone: blankToNull(defaultPhoneNumber?.phoneNumber),
    country: defaultAddress?.countryCodeV2 ?? null,
    emailMarketing: defaultEmailAddress && {
      state: defaultEmailAddress.marketingState.toLowerCase(),
      at: defaultEmailAddress.marketingUpdatedAt,
    },
    smsMarketing: defaultPhoneNumber && {
      state: defaultPhoneNumber.smsMarketingConsent.state.toLowerCase(),
      at: defaultPhoneNumber.smsMarketingConsent.updatedAt,
    },
  };
}

const missing = ({ quantity, currentQuantity }: LineNode) => quantity - currentQuantity;

/**
 * What came back, as far as the order and its lines tell it: what is missing of a line was returned by the one refund, or
 * taken out by an edit. null where both may be so, or several refunds: then the refunds have to be asked for.
 */
export function returnsTold(
  { edited, refunds }: OrderNode,
  lines: readonly Pick<LineNode, 'id' | 'quantity' | 'currentQuantity'>[],
): Returns | null {
  if (refunds.length === 0) return new Map();
  const short = lines.filter(line => line.quantity > line.currentQuantity);
  if (short.length === 0) return new Map();
  if (edited || refunds.length > 1) return null;
  const at = refunds[0]!.processedAt;
  return new Map(
    short.map(({ id, quantity, currentQuantity }) => [id, { quantity: quantity - currentQuantity, at }]),
  );
}

export function orderOf(node: OrderNode, lines: readonly LineNode[], returns: Returns): ShopOrder {
  const paidBack = node.refunds.filter(({ totalRefundedSet }) => Number(amount(totalRefundedSet)) > 0);
  return {
    id: numberOf(node.id),
    name: node.name,
    updatedAt: node.updatedAt,
    orderedAt: node.processedAt,
    cancelled: node.cancelledAt !== null,
    test: node.test,
    financialStatus: node.displayFinancialStatus?.toLowerCase() ?? null,
    customerId: node.customer && numberOf(node.customer.id),
    email: blankToNull(node.email),
    phone: blankToNull(node.phone),
    country: node.billingAddress?.countryCodeV2 ?? node.shippingAddress?.countryCodeV2 ?? null,
    total: amount(node.totalPriceSet),
    currency: node.totalPriceSet.shopMoney.currencyCode,
    discount: node.totalDiscountsSet ? amount(node.totalDiscountsSet) : '0',
    refunded: amount(node.totalRefundedSet),
    refundedAt: latest(paidBack.map(({ processedAt }) => processedAt)),
    couponCodes: node.discountCodes,
    channel: channelOf(node.sourceName, node.app?.name),
    lines: lines.map(line => lineOf(line, node, returns)),
  };
}

function lineOf(line: LineNode, { edited }: OrderNode, returns: Returns): ShopLine {
  const back = returns.get(line.id);
  const returned = Math.min(back?.quantity ?? 0, line.quantity);
  return {
    id: numberOf(line.id),
    sku: blankToNull(line.sku),
    name: line.name,
    category: blankToNull(line.product?.productType),
    price: amount(line.originalUnitPriceSet),
    ordered: line.quantity,
    // What an unpaid order that was cancelled lacks was not taken out of it.
    removed: edited ? Math.max(0, missing(line) - returned) : 0,
    returned,
    returnedAt: back?.at ?? null,
  };
}

/** Apps that make orders without a name of their own for it are told by their number. */
export function channelOf(source: string | null, app: string | null | undefined): string | null {
  return blankToNull(source && /^\d+$/.test(source) ? (app ?? source) : source);
}

export function checkoutOf(node: CheckoutNode, lines: readonly CheckoutLineNode[]): ShopCheckout {
  const first = [...lines].sort((a, b) => (a.id < b.id ? -1 : 1))[0];
  return {
    id: numberOf(node.id),
    updatedAt: node.updatedAt,
    startedAt: node.createdAt,
    customerId: node.customer && numberOf(node.customer.id),
    email: null,
    sku: blankToNull(first?.sku),
    category: blankToNull(first?.product?.productType),
  };
}

const amount = ({ shopMoney }: Money) => shopMoney.amount;

/** Of ISO times in one form. */
export function latest(times: readonly string[]): string | null {
  return times.reduce<string | null>(
    (last, time) => (last === null || Date.parse(time) > Date.parse(last) ? time : last),
    null,
  );
}

/** What Shopify tells of a customer, however it is told. Times are ISO 8601, money is decimal text of the shop's currency. */
export interface ShopCustomer {
  id: string;
  updatedAt: string;
  createdAt: string;
  email: string | null;
  phone: string | null;
  country: string | null;
  /** In lower case: "subscribed", "not_subscribed", …; null where there is no address. `at` is null where nothing was ever said. */
  emailMarketing: { state: string; at: string | null } | null;
  smsMarketing: { state: string; at: string | null } | null;
}

export interface ShopOrder {
  id: string;
  /** "#1001": what customers, staff and exports know it by. */
  name: string;
  updatedAt: string;
  /** The date that the order shows, which is earlier than its making where it was brought over from another shop. */
  orderedAt: string;
  cancelled: boolean;
  test: boolean;
  /** In lower case. */
  financialStatus: string | null;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  country: string | null;
  total: string;
  currency: string;
  discount: string;
  refunded: string;
  refundedAt: string | null;
  couponCodes: readonly string[];
  /** Absent where it is not told. */
  channel?: string | null;
  lines: readonly ShopLine[];
}

export interface ShopLine {
  id: string;
  sku: string | null;
  /** Product and variant, as the line shows them. */
  name: string;
  /** Absent where it is not told. */
  category?: string | null;
  price: string;
  /** All that was ever ordered, also what an edit took out again. */
  ordered: number;
  /** Taken out by an edit, so that nobody ever got it. */
  removed: number;
  returned: number;
  returnedAt: string | null;
}

export interface ShopCheckout {
  id: string;
  updatedAt: string;
  startedAt: string;
  customerId: string | null;
  email: string | null;
  /** Of the first thing in it. */
  sku: string | null;
  /** Absent where it is not told. */
  category?: string | null;
}

/** The number in "gid://shopify/Order/123?key=value". */
export function numberOf(gid: string): string {
  return gid.split('?')[0]!.split('/').at(-1)!;
}

export const blankToNull = (text: string | null | undefined): string | null => text?.trim() || null;

/** Ids are numbers, as in the addresses of the admin; times are ISO 8601, money is decimal text. */
export interface MockCustomer {
  id: number;
  email?: string | null;
  phone?: string | null;
  country?: string | null;
  createdAt: string;
  updatedAt?: string;
  emailState?: string;
  emailStateAt?: string | null;
  smsState?: string;
  smsStateAt?: string | null;
  tags?: string[];
}

export interface MockLine {
  id: number;
  sku?: string | null;
  name: string;
  productType?: string;
  price: string;
  /** All that was ever ordered. */
  quantity: number;
  /** Taken out by an edit. */
  removed?: number;
}

export interface MockRefund {
  id: number;
  at: string;
  amount: string;
  lines: { line: number; quantity: number }[];
}

export interface MockOrder {
  id: number;
  /** "#1001" and so on by the id where absent. */
  name?: string;
  customerId?: number | null;
  email?: string | null;
  phone?: string | null;
  country?: string | null;
  at: string;
  updatedAt?: string;
  cancelledAt?: string | null;
  test?: boolean;
  edited?: boolean;
  financialStatus?: string;
  total: string;
  discount?: string;
  codes?: string[];
  source?: string;
  app?: string;
  lines: MockLine[];
  refunds?: MockRefund[];
}

export interface MockCheckout {
  id: number;
  customerId?: number | null;
  at: string;
  updatedAt?: string;
  lines: { id: number; sku: string; productType?: string; quantity: number }[];
}

export interface MockRows {
  customers?: MockCustomer[];
  orders?: MockOrder[];
  checkouts?: MockCheckout[];
}

export const gid = (type: string, id: number): string => `gid://shopify/${type}/${id}`;
export const numberIn = (id: string): number => Number(id.split('/').at(-1));
export const nameOf = (order: MockOrder): string => order.name ?? `#${order.id}`;

/** What is left of a line after refunds and edits. */
export function leftOf(line: MockLine, order: MockOrder): number {
  const back = (order.refunds ?? []).flatMap(({ lines }) => lines).filter(({ line: id }) => id === line.id);
  return line.quantity - (line.removed ?? 0) - back.reduce((sum, { quantity }) => sum + quantity, 0);
}

export function refundedOf({ refunds = [] }: MockOrder): string {
  return refunds.reduce((sum, { amount }) => sum + Number(amount), 0).toFixed(2);
}

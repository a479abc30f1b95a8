import type { BulkOperations } from './bulk-operations.ts';
import type { MockCheckout, MockCustomer, MockOrder } from './rows.ts';

/** What a mock shop holds. Rows may be changed between requests; `touch` makes a change known to the search. */
export interface Shop {
  customers: MockCustomer[];
  orders: MockOrder[];
  checkouts: MockCheckout[];
  scopes: Set<string>;
  webhooks: { id: string; topic: string; uri: string }[];
  /** Customers whose erasure was asked for. */
  erasures: string[];
  bulks: BulkOperations;
  now: () => Date;
  touch(row: { updatedAt?: string }): void;
}

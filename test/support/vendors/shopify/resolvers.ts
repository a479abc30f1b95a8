import type { Asked, Asking, Node } from './connections.ts';
import { page } from './connections.ts';
import { graphql } from './graphql.ts';
import { changedAt, checkoutNode, customerNode, orderNode, refundNode } from './nodes.ts';
import { gid, numberIn } from './rows.ts';
import { matches, termsOf } from './search.ts';
import type { Shop } from './shop.ts';

const { GraphQLError } = graphql;

type Searched = Asked & { query?: string | null; sortKey?: string | null };

/** Answers of the schema from what the shop holds. */
export function resolversOf(shop: Shop) {
  const denied = (what: string) =>
    new GraphQLError(`Access denied for ${what} field.`, { extensions: { code: 'ACCESS_DENIED' } });
  const needs = (scope: string, what: string) => {
    if (!shop.scopes.has(scope) && !shop.scopes.has(scope.replace('read_', 'write_'))) throw denied(what);
  };
  const listed = <Row extends { id: number; updatedAt?: string; tags?: string[] }>(
    rows: readonly Row[],
    node: (row: Row) => Node,
    { query, sortKey, ...asked }: Searched,
    { bulk }: Asking,
    days: boolean,
  ) => {
    const terms = termsOf(query ?? '');
    const changed = (row: Row) => changedAt(row as Parameters<typeof changedAt>[0]);
    const found = rows.filter(row => matches({ ...row, changed: changed(row), days }, terms));
    const byTime = sortKey === 'UPDATED_AT';
    found.sort((a, b) =>
      byTime ? Date.parse(changed(a)) - Date.parse(changed(b)) || a.id - b.id : a.id - b.id,
    );
    if (!bulk && !asked.first && !asked.last)
      throw new GraphQLError('you must provide one of first or last', {
        extensions: { code: 'BAD_REQUEST' },
      });
    return page(found.map(node), bulk ? {} : asked);
  };
  const orders = () => {
    needs('read_orders', 'orders');
    const since = shop.now().getTime() - 60 * 86_400_000;
    return shop.scopes.has('read_all_orders')
      ? shop.orders
      : shop.orders.filter(({ at }) => Date.parse(at) >= since);
  };
  const byId = (id: string) => {
    const number = numberIn(id);
    if (id.includes('/Customer/')) {
      const customer = shop.customers.find(row => row.id === number);
      return customer ? customerNode(customer) : null;
    }
    if (id.includes('/Order/')) {
      const order = orders().find(row => row.id === number);
      return order ? orderNode(order) : null;
    }
    for (const order of orders())
      for (const refund of order.refunds ?? []) if (refund.id === number) return refundNode(order, refund);
    return null;
  };
  const tagged = (id: string, change: (tags: string[]) => string[]) => {
    needs('write_customers', 'tags');
    const customer = shop.customers.find(row => gid('Customer', row.id) === id);
    if (!customer) return { node: null, userErrors: [{ field: ['id'], message: 'Resource does not exist' }] };
    customer.tags = change(customer.tags ?? []);
    shop.touch(customer);
    return { node: customerNode(customer), userErrors: [] };
  };
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  /** A comma parts tags also in an array. */
  const parted = (tags: string[]) => tags.flatMap(tag => tag.split(',')).map(tag => tag.trim());
  return {
    QueryRoot: {
      shop: () => ({ name: 'Test shop', myshopifyDomain: 'test-shop.myshopify.com', currencyCode: 'EUR' }),
      currentAppInstallation: () => ({ accessScopes: [...shop.scopes].map(handle => ({ handle })) }),
      customers: (_: unknown, asked: Searched, asking: Asking) => {
        needs('read_customers', 'customers');
        return listed(shop.customers, customerNode, asked, asking, true);
      },
      orders: (_: unknown, asked: Searched, asking: Asking) =>
        listed(orders(), orderNode, asked, asking, false),
      abandonedCheckouts: (_: unknown, asked: Searched, asking: Asking) => {
        needs('read_orders', 'abandonedCheckouts');
        return listed(shop.checkouts, checkoutNode, asked, asking, false);
      },
      order: (_: unknown, { id }: { id: string }) => byId(id),
      customer: (_: unknown, { id }: { id: string }) => byId(id),
      customerByIdentifier: (_: unknown, { identifier }: { identifier: { emailAddress?: string } }) => {
        const { emailAddress = '' } = identifier;
        const found = shop.customers.find(({ email }) => email && same(email, emailAddress));
        return found ? customerNode(found) : null;
      },
      node: (_: unknown, { id }: { id: string }) => byId(id),
      nodes: (_: unknown, { ids }: { ids: string[] }) => ids.map(byId),
      bulkOperation: (_: unknown, { id }: { id: string }) => shop.bulks.look(id),
      bulkOperations: (_: unknown, asked: Asked) => page(shop.bulks.all(), asked),
      webhookSubscriptions: (_: unknown, asked: Asked) => page(shop.webhooks, asked),
    },
    Mutation: {
      bulkOperationRunQuery: (_: unknown, { query }: { query: string }) => shop.bulks.run(query),
      tagsAdd: (_: unknown, { id, tags }: { id: string; tags: string[] }) =>
        tagged(id, had => [...had, ...parted(tags).filter(tag => !had.some(known => same(known, tag)))]),
      tagsRemove: (_: unknown, { id, tags }: { id: string; tags: string[] }) =>
        tagged(id, had => had.filter(known => !parted(tags).some(tag => same(known, tag)))),
      customerRequestDataErasure: (_: unknown, { customerId }: { customerId: string }) => {
        needs('write_customer_data_erasure', 'customerRequestDataErasure');
        const known = shop.customers.some(({ id }) => gid('Customer', id) === customerId);
        if (!known)
          return {
            customerId: null,
            userErrors: [
              { code: 'DOES_NOT_EXIST', field: ['customerId'], message: 'Customer does not exist' },
            ],
          };
        shop.erasures.push(customerId);
        return { customerId, userErrors: [] };
      },
      webhookSubscriptionCreate: (
        _: unknown,
        { topic, webhookSubscription: { uri } }: { topic: string; webhookSubscription: { uri: string } },
      ) => {
        if (shop.webhooks.some(known => known.topic === topic && known.uri === uri))
          return {
            webhookSubscription: null,
            userErrors: [{ field: ['uri'], message: 'Address for this topic has already been taken' }],
          };
        const made = { id: gid('WebhookSubscription', shop.webhooks.length + 1), topic, uri };
        shop.webhooks.push(made);
        return { webhookSubscription: made, userErrors: [] };
      },
    },
  };
}

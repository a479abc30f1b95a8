import { OperatorError } from '../errors.ts';
import { shopifyApi } from './shopify-api.ts';
import type { Connection, Platform } from './vendor.ts';

/** Of what happens in a shop it is to tell at once; as Shopify names them. */
const topics = [
  'ORDERS_CREATE',
  'ORDERS_UPDATED',
  'ORDERS_CANCELLED',
  'ORDERS_EDITED',
  'REFUNDS_CREATE',
  'CUSTOMERS_CREATE',
  'CUSTOMERS_UPDATE',
  'CUSTOMERS_DELETE',
  'CUSTOMERS_EMAIL_MARKETING_CONSENT_UPDATE',
  'CUSTOMERS_MARKETING_CONSENT_UPDATE',
  'CHECKOUTS_CREATE',
  'CHECKOUTS_UPDATE',
] as const;

interface Subscriptions {
  webhookSubscriptions: { nodes: { topic: string; uri: string }[] };
}

const subscribed = /* GraphQL */ `
  query Subscribed { webhookSubscriptions(first: 250) { nodes { topic uri } } }`;

const subscribe = /* GraphQL */ `
  mutation Subscribe($topic: WebhookSubscriptionTopic!, $uri: String!) {
    webhookSubscriptionCreate(topic: $topic, webhookSubscription: { uri: $uri, format: JSON }) {
      userErrors { message }
    }
  }`;

/**
 * Has the shop send what happens in it to an address; what it sends there already stays. Only the app itself is told of what
 * it registers, which is what signs the messages.
 *
 * @returns topics that are sent there now and were not before
 * @throws OperatorError where the shop does not take the address
 */
export async function subscribeShopify(
  connection: Connection,
  address: string,
  platform: Platform,
): Promise<string[]> {
  const api = shopifyApi(connection, platform);
  const known = async () => {
    const { webhookSubscriptions } = await api.ask<Subscriptions>(subscribed);
    return new Set(webhookSubscriptions.nodes.filter(({ uri }) => uri === address).map(({ topic }) => topic));
  };
  const before = await known();
  const missing = topics.filter(topic => !before.has(topic));
  // One that was taken by a try whose answer was lost is refused the second time, so what stands in the end counts.
  for (const topic of missing) await api.ask(subscribe, { topic, uri: address });
  const after = missing.length > 0 ? await known() : before;
  const refused = missing.filter(topic => !after.has(topic));
  if (refused.length > 0)
    throw new OperatorError(
      `The shop of the connection ${connection.name} does not send ${refused.map(wordsOf).join(', ')} to this address.`,
      'It has to be one that begins with https:// and that the internet reaches. Or register them yourself in the settings of the shop: Notifications > Webhooks.',
    );
  return missing.map(wordsOf);
}

/** "orders/create", as messages name them. */
function wordsOf(topic: string): string {
  const at = topic.lastIndexOf('_');
  return `${topic.slice(0, at)}/${topic.slice(at + 1)}`.toLowerCase();
}

import { OperatorError } from '../errors.ts';
import { VendorRefusal } from './refusal.ts';
import { shopifyApi, shopName, shopOf } from './shopify-api.ts';
import { subscribeShopify } from './shopify-webhooks.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/** What the app needs, and what for. */
const needed = {
  read_customers: 'customers and their consents cannot be pulled',
  read_orders: 'orders and abandoned checkouts cannot be pulled',
  read_all_orders: 'orders older than 60 days cannot be pulled',
  read_products: 'orders cannot be pulled, as their lines name products and these their types',
  write_customers: 'audiences cannot be put back as customer tags; nothing else needs it',
  write_customer_data_erasure: 'the shop cannot be asked to erase a person who wants to be forgotten wholly',
} as const;

const optional = { secret: true, fallback: '' } as const;

export const shopifyVendor: Vendor = {
  name: 'shopify',
  title: 'Shopify',
  fields: [
    {
      id: 'shop',
      label: 'Shop',
      help: 'As in the address of its admin: my-shop.myshopify.com.',
      secret: false,
      problem: value =>
        /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shopName(value))
          ? null
          : 'is no name such as my-shop.myshopify.com',
    },
    {
      id: 'client_id',
      label: 'Client ID',
      help: `Dev Dashboard > your app > Settings. The app needs the Admin API scopes ${Object.keys(needed).join(', ')} and has to be installed in the shop. Leave it blank for an app with an access token of its own.`,
      secret: false,
      fallback: '',
    },
    { id: 'client_secret', label: 'Client secret', help: 'Beside the client ID.', ...optional },
    {
      id: 'access_token',
      label: 'Admin API access token',
      help: 'Only for an app that was made in the admin of the shop before 2026: Settings > Apps > Develop apps > your app > API credentials.',
      ...optional,
    },
    {
      id: 'webhook_secret',
      label: 'Webhook secret',
      help: 'Signs what Shopify sends, beside the client secret. Blank where the app has one and registers the messages; the API secret key for an app with an access token; what Settings > Notifications > Webhooks shows for messages registered there; or the client secret before it was changed.',
      ...optional,
    },
  ],
  messages: {
    path: '/v1/webhooks/shopify',
    help: 'The privacy messages of Shopify (customers/data_request, customers/redact, shop/redact) go to the same address; only the settings of the app name them: Dev Dashboard > your app > Versions > Compliance webhooks.',
    subscribe: subscribeShopify,
  },
  async test(connection, platform) {
    if (!hasAccess(connection))
      throw new OperatorError(
        `The connection ${connection.name} has neither a client ID and secret nor an access token.`,
        `Run \`kindred connect shopify --name ${connection.name}\` again and give the one or the other.`,
      );
    const { shop, currentAppInstallation } = await asked(connection, platform);
    const scopes = new Set(currentAppInstallation.accessScopes.map(({ handle }) => handle));
    // The right to write includes the right to read.
    const has = (scope: string) => scopes.has(scope) || scopes.has(scope.replace('read_', 'write_'));
    const missing = Object.entries(needed).filter(([scope]) => !has(scope));
    return {
      account: `${shop.name} (${shop.myshopifyDomain}, ${shop.currencyCode})`,
      missing: missing.map(([scope, without]) => `${scope}: without it ${without}`),
    };
  },
};

/**
 * What may sign the messages of the shop: the secret of the app signs what the app registered and the privacy topics, and the
 * shop's own what its owner registered by hand. While a secret is changed, either is the one before it.
 */
export function webhookSecretsOf({ secrets }: Connection): string[] {
  return [secrets.webhook_secret, secrets.client_secret].flatMap(secret => (secret ? [secret] : []));
}

interface Tested {
  shop: { name: string; myshopifyDomain: string; currencyCode: string };
  currentAppInstallation: { accessScopes: { handle: string }[] };
}

const whoIsThere = /* GraphQL */ `
  query WhoIsThere {
    shop { name myshopifyDomain currencyCode }
    currentAppInstallation { accessScopes { handle } }
  }`;

function hasAccess({ settings, secrets }: Connection): boolean {
  return Boolean(secrets.access_token || (settings.client_id && secrets.client_secret));
}

async function asked(connection: Connection, platform: Platform): Promise<Tested> {
  try {
    return await shopifyApi(connection, platform).ask<Tested>(whoIsThere);
  } catch (error) {
    if (!(error instanceof VendorRefusal) || error.status !== 404) throw error;
    throw new OperatorError(
      `There is no shop ${shopOf(connection)}.`,
      `Look up its name in the address of its admin, and run \`kindred connect shopify --name ${connection.name}\` again.`,
      { cause: error },
    );
  }
}

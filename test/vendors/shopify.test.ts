import { afterEach, describe, expect, it } from 'vitest';
import { shopifyVendor } from '../../src/vendors/shopify.ts';
import { shopifyApi, shopName } from '../../src/vendors/shopify-api.ts';
import type { Connection } from '../../src/vendors/vendor.ts';
import { type MockOptions, type MockShopify, mockShopify } from '../support/vendors/shopify/mock-shopify.ts';
import { virtualPlatform } from '../support/vendors/virtual-platform.ts';

let shop: MockShopify;

async function open(options: MockOptions = {}) {
  const platform = virtualPlatform();
  shop = await mockShopify({ now: platform.now, ...options });
  return { platform, connection: shop.connection };
}

afterEach(() => shop.close());

describe('a connection to Shopify', () => {
  it('tells which shop it is, and what the app may not do', async () => {
    const { platform, connection } = await open({ scopes: ['write_customers', 'read_orders'] });
    const { account, missing } = await shopifyVendor.test(connection, platform);
    expect(account).toBe('Test shop (test-shop.myshopify.com, EUR)');
    expect(missing.map(text => text.split(':')[0])).toEqual([
      'read_all_orders',
      'read_products',
      'write_customer_data_erasure',
    ]);
    expect(missing[0]).toContain('older than 60 days');
  });

  it('works with an access token of its own', async () => {
    const { platform, connection } = await open();
    const settings = { ...connection.settings, client_id: '' };
    const own = { ...connection, settings, secrets: { access_token: 'shpat_mock' } };
    expect((await shopifyVendor.test(own, platform)).missing).toEqual([]);
  });

  it('says how to mend wrong credentials, without telling them', async () => {
    const { platform, connection } = await open();
    const wrong: Connection[] = [
      { ...connection, secrets: { client_secret: 'wrong' } },
      { ...connection, secrets: { access_token: 'wrong' } },
      { ...connection, secrets: {} },
    ];
    for (const one of wrong)
      await expect(shopifyVendor.test(one, platform)).rejects.toSatisfy(
        (error: Error & { mender: string; next: string }) =>
          error.mender === 'operator' && !`${error.message} ${error.next}`.includes('wrong'),
      );
  });

  it('has a new token made where the old one is none any more', async () => {
    const { platform, connection } = await open();
    const api = shopifyApi(connection, platform);
    await api.ask('{ shop { name } }');
    shop.expireTokens();
    expect(await api.ask('{ shop { name } }')).toEqual({ shop: { name: 'Test shop' } });
  });

  it('passes on nothing but codes of what Shopify says', async () => {
    const { platform, connection } = await open();
    await expect(shopifyApi(connection, platform).ask('{ shop { noSuchField } }')).rejects.toThrow(
      'Shopify refused a request over the connection shopify (undefinedField).',
    );
    // What is deprecated is not there for Kindred.
    await expect(
      shopifyApi(connection, platform).ask('{ customers(first: 1) { nodes { email } } }'),
    ).rejects.toThrow('undefinedField');
  });
});

it('takes the name of a shop however it is written', () => {
  for (const given of ['my-shop', 'My-Shop.myshopify.com', ' https://my-shop.myshopify.com/admin '])
    expect(shopName(given)).toBe('my-shop.myshopify.com');
  const { problem } = shopifyVendor.fields[0]!;
  expect(problem!('shop.example.com')).not.toBeNull();
  expect(problem!('my-shop')).toBeNull();
});

it('has a shop send what happens in it to an address, once', async () => {
  const { platform, connection } = await open();
  const address = 'https://kindred.example.org/v1/webhooks/shopify/shopify';
  const { subscribe } = shopifyVendor.messages!;
  shop.fault('dropped after it was done');
  const begun = await subscribe(connection, address, platform);
  expect(begun).toContain('orders/create');
  expect(begun).toContain('customers_email_marketing_consent/update');
  expect(shop.webhooks.map(({ uri }) => uri)).toEqual(begun.map(() => address));
  expect(await subscribe(connection, address, platform)).toEqual([]);
  expect(shop.refused).toEqual([]);
});

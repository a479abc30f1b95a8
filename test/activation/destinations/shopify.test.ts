import { afterEach, describe, expect, it } from 'vitest';
import type { Member, Target } from '../../../src/activation/destination.ts';
import { shopifyDestination } from '../../../src/activation/destinations/shopify.ts';
import {
  type MockOptions,
  type MockShopify,
  mockShopify,
} from '../../support/vendors/shopify/mock-shopify.ts';
import { virtualPlatform } from '../../support/vendors/virtual-platform.ts';

let shop: MockShopify;

const target: Target = { name: "Ann's best, ever", id: null, options: {} };
const tag = "kindred: Ann's best; ever";

async function open(options: MockOptions = {}) {
  const platform = virtualPlatform();
  const customers = Array.from({ length: 60 }, (_, i) => ({
    id: i + 1,
    email: `c${i + 1}@example.com`,
    createdAt: '2026-01-01T00:00:00Z',
    emailState: i % 2 === 0 ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
    tags: ['VIP'],
  }));
  shop = await mockShopify({ now: platform.now, customers, ...options });
  return { platform, connection: shop.connection };
}

afterEach(async () => {
  const { refused } = shop;
  await shop.close();
  expect(refused).toEqual([]);
});

function member(id: string, source = 'shopify'): Member {
  return {
    profileId: `${source}/${id}`,
    email: `c${id}@example.com`,
    phone: null,
    country: null,
    ids: [{ source, id }],
    properties: {},
    consent: 'granted',
  };
}

const { add, remove, members, ensure, erase, keyOf } = shopifyDestination;

async function tagged(platform: ReturnType<typeof virtualPlatform>): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of members!(shop.connection, target, platform)) keys.push(...page);
  return keys;
}

describe('customer tags', () => {
  it('are put on and taken off, and nothing else of a customer is touched', async () => {
    const { platform, connection } = await open();
    const before = structuredClone(shop.customers);
    expect(await ensure(connection, target, platform)).toMatchObject({ id: tag });
    const people = Array.from({ length: 60 }, (_, i) => member(String(i + 1)));
    for (let time = 0; time < 2; time++) {
      const outcomes = await add(connection, target, people, 'a', platform);
      expect(outcomes.every(({ kind }) => kind === 'done')).toBe(true);
    }
    expect(shop.tagsOf(7)).toEqual(['VIP', tag]);
    expect((await tagged(platform)).sort()).toEqual(shop.customers.map(({ id }) => String(id)).sort());
    const known = people.map(({ profileId, ids }) => ({ profileId, key: ids[0]!.id }));
    await remove(connection, target, known, 'b', platform);
    expect(await tagged(platform)).toEqual([]);
    expect(shop.customers.map(({ updatedAt, ...rest }) => rest)).toEqual(before);
  });

  it('are told of whoever has them, also by hand', async () => {
    const { platform } = await open();
    shop.customers[4]!.tags = [tag.toUpperCase()];
    expect(await tagged(platform)).toEqual(['5']);
  });

  it('go to nobody who is no customer of the shop', async () => {
    const { platform, connection } = await open();
    expect(keyOf(connection, member('guest@example.com'))).toEqual({
      cannot: 'no customer account in the shop',
    });
    const outcomes = await add(
      connection,
      target,
      [member('3'), member('4', 'woo'), member('999')],
      'a',
      platform,
    );
    expect(outcomes.map(({ profileId, kind }) => [profileId, kind]).sort()).toEqual([
      ['shopify/3', 'done'],
      ['shopify/999', 'refused'],
      ['woo/4', 'refused'],
    ]);
  });

  it('are written within the points of the shop, also where answers are lost', async () => {
    const { platform, connection } = await open({ points: { most: 300, perSecond: 50 } });
    shop.fault('dropped after it was done');
    shop.fault('throttled');
    shop.fault(503);
    const people = Array.from({ length: 60 }, (_, i) => member(String(i + 1)));
    await add(connection, target, people, 'a', platform);
    expect(await tagged(platform)).toHaveLength(60);
    expect(shop.tagsOf(1)).toEqual(['VIP', tag]);
    expect(platform.slept()).toBeGreaterThan(5000);
  });

  it('cannot be written by an app that may not', async () => {
    const { platform, connection } = await open({ scopes: ['read_customers'] });
    await expect(add(connection, target, [member('1')], 'a', platform)).rejects.toMatchObject({
      mender: 'operator',
    });
  });
});

describe('a person who wants to be forgotten', () => {
  it('loses the tags, and with it all else where that is wanted', async () => {
    const { platform, connection } = await open();
    await add(connection, target, [member('1'), member('2')], 'a', platform);
    const person = { email: 'c2@example.com', phone: null, keys: ['2'], targets: [target] };
    const told = await erase(connection, person, false, platform);
    expect(shop.tagsOf(2)).toEqual(['VIP']);
    expect(shop.tagsOf(1)).toEqual(['VIP', tag]);
    expect(shop.erasures).toEqual([]);
    expect(told).not.toContain('c2');
    await erase(connection, { ...person, keys: [] }, true, platform);
    expect(shop.erasures).toEqual(['gid://shopify/Customer/2']);
    const nobody = { email: 'nobody@example.com', phone: null, keys: [], targets: [target] };
    expect(await erase(connection, nobody, true, platform)).toBe('Shopify has no customer with the address.');
  });
});

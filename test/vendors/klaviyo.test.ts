import { afterEach, expect, test } from 'vitest';
import { OperatorError } from '../../src/errors.ts';
import { klaviyoVendor } from '../../src/vendors/klaviyo.ts';
import { type MockKlaviyo, mockKlaviyo } from '../support/vendors/klaviyo/mock-klaviyo.ts';
import { virtualPlatform } from '../support/vendors/virtual-platform.ts';

let klaviyo: MockKlaviyo;
afterEach(() => klaviyo.close());

test('a key with all rights lacks nothing, and trying it writes nothing', async () => {
  const platform = virtualPlatform();
  klaviyo = await mockKlaviyo({ now: platform.now });
  const told = await klaviyoVendor.test(klaviyo.connection, platform);
  expect(told).toEqual({ account: 'A Mock Shop (AbC123)', missing: [] });
  expect(klaviyo.listNames()).toEqual([]);
});

test('what a key may not do is told with what cannot be done without it', async () => {
  const platform = virtualPlatform();
  klaviyo = await mockKlaviyo({
    now: platform.now,
    scopes: ['profiles:read', 'events:read', 'metrics:read'],
  });
  const { account, missing } = await klaviyoVendor.test(klaviyo.connection, platform);
  expect(account).toBe('a Klaviyo account');
  expect(missing.map(text => text.split(': ')[0])).toEqual([
    'accounts:read',
    'lists:read',
    'lists:write and profiles:write',
  ]);
});

test('a key that is refused is for the operator to mend', async () => {
  const platform = virtualPlatform();
  klaviyo = await mockKlaviyo({ now: platform.now });
  const wrong = { ...klaviyo.connection, secrets: { api_key: 'pk_other' } };
  await expect(klaviyoVendor.test(wrong, platform)).rejects.toThrow(OperatorError);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tryOut } from '../../src/connections/trial.ts';
import { klaviyoVendor } from '../../src/vendors/klaviyo.ts';
import type { Connection, Platform } from '../../src/vendors/vendor.ts';
import { virtualPlatform } from '../support/vendors/virtual-platform.ts';

const connection: Connection = {
  name: 'uk-klaviyo',
  vendor: 'klaviyo',
  settings: { orders: 'no' },
  secrets: { api_key: 'pk_sesame' },
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Waits in the time of the test, as the real one does. */
function platformWith(fetch: Platform['fetch'], signal?: AbortSignal): Platform {
  const sleep: Platform['sleep'] = (milliseconds, stopped) =>
    new Promise((resolve, reject) => {
      setTimeout(resolve, milliseconds);
      stopped.addEventListener('abort', () => reject(stopped.reason));
    });
  return { ...virtualPlatform(undefined, signal), now: () => new Date(), sleep, fetch };
}

/** What it comes to within half a minute. */
async function withinHalfAMinute(trial: Promise<unknown>): Promise<unknown> {
  const ended = trial.then(
    found => found,
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(30_000);
  return Promise.race([ended, Promise.resolve('still waiting')]);
}

test('a vendor that fails again and again is given up while somebody still waits, and why is told', async () => {
  const failing = async () => new Response('no', { status: 503 });
  const error = await withinHalfAMinute(tryOut(klaviyoVendor, connection, platformWith(failing)));
  expect(String(error)).toMatch(/Klaviyo|klaviyo/);
  expect(String(error)).toContain('(HTTP 503)');
  expect(String(error)).not.toContain('sesame');
});

test('so is one that says nothing at all', async () => {
  const silent: Platform['fetch'] = (_url, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  const error = await withinHalfAMinute(tryOut(klaviyoVendor, connection, platformWith(silent)));
  expect(error).toMatchObject({
    name: 'UpstreamError',
    message: 'Klaviyo did not answer as it should within 20 s over the connection uk-klaviyo.',
  });
});

test('a stop is told as what it is', async () => {
  const stopping = new AbortController();
  const silent: Platform['fetch'] = (_url, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
    });
  const trial = tryOut(klaviyoVendor, connection, platformWith(silent, stopping.signal));
  stopping.abort(new Error('stopped by hand'));
  expect(await withinHalfAMinute(trial)).toMatchObject({ message: 'stopped by hand' });
});

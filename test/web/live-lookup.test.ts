import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { object } from '../../src/rights/object.ts';
import { liveLookup } from '../../src/web/live-lookup.ts';
import { livedShop } from '../segmentation/refresh/lived-shop.ts';
import { appOver } from '../support/mcp-app.ts';

let shop: Awaited<ReturnType<typeof livedShop>>;
beforeAll(async () => {
  shop = await livedShop();
});
afterAll(() => shop.close());
afterEach(() => {
  vi.useRealTimers();
});

const silent = { info() {}, warn() {}, error() {} };

test('heeds an objection that another process took down', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const app = appOver(shop.context);
  const lookup = liveLookup(app, () => silent, new AbortController().signal);
  try {
    const [who] = await shop.context.warehouse.query<{ source: string; id: string }>(
      `SELECT i.source AS "source", i.source_id AS "id" FROM identities i JOIN memberships m
       ON m.profile_id = i.profile_id AND m.valid_to IS NULL WHERE m.segment_key <> 'set-aside' ORDER BY 1, 2 LIMIT 1`,
    );
    const { source, id } = who!;
    const found = async () => (await lookup.get()).find(source, id);
    expect(await found()).toBeDefined();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await found()).toBeDefined();
    await object(appOver(shop.context), {
      ids: [`${source}/${id}`],
      to: 'profiling',
      withdrawn: false,
      by: 'ada',
    });
    await vi.waitFor(
      async () => {
        await vi.advanceTimersByTimeAsync(3000);
        expect(await found()).toBeUndefined();
      },
      { timeout: 10_000 },
    );
  } finally {
    lookup.stop();
  }
});

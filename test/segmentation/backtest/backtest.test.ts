import { expect, test } from 'vitest';
import { silent } from '../../../src/progress.ts';
import { backtest } from '../../../src/segmentation/backtest/backtest.ts';
import { livedShop } from '../refresh/lived-shop.ts';

test('shows what refreshes showed, and leaves them as they are', async () => {
  const shop = await livedShop({ ahead: 3 });
  try {
    for (const week of [1, 2]) await shop.refresh(week);
    const before = await shop.left();
    const outcome = await backtest(
      shop.context,
      { from: shop.asOf(0), to: shop.asOf(2), every: 7, force: true, k: 4 },
      silent,
    );
    if (outcome.kind !== 'tested') throw new Error('There are groups in this shop.');
    const prints = (records: readonly { fingerprint: string }[]) =>
      records.map(({ fingerprint }) => fingerprint);
    expect(prints(outcome.steps.map(({ record }) => record))).toEqual(
      prints(await shop.context.state.refreshes.list()),
    );
    expect(await shop.left()).toEqual(before);
    // A refresh goes on from where the last one left off.
    expect((await shop.refresh(3)).kind).toBe('refreshed');
  } finally {
    await shop.close();
  }
});

test('refuses dates between which there is no refresh', async () => {
  const shop = await livedShop({ ahead: 1 });
  try {
    const request = { from: shop.asOf(1), to: shop.asOf(1), every: 7, force: true };
    await expect(backtest(shop.context, request, silent)).rejects.toThrow(/no refresh every 7 days/);
  } finally {
    await shop.close();
  }
});

import { afterAll, beforeAll, beforeEach } from 'vitest';
import { reject } from '../../../src/segmentation/proposals/decide.ts';
import type { Proposal } from '../../../src/state/proposals.ts';
import { type LivedShop, type LivedShopOptions, livedShop } from '../../segmentation/refresh/lived-shop.ts';

export interface AskedShop {
  shop: LivedShop;
  /** Of a segment, for texts. */
  key: string;
  /** What was opened last. */
  latest(): Promise<Proposal>;
}

/** A small shop for a test file, of segments that are soon made unless told otherwise, in which nothing waits for a decision when a test begins. */
export function askedShop(options: LivedShopOptions = { rfm: true, past: 20 }): AskedShop {
  const asked: AskedShop = {
    shop: undefined as unknown as LivedShop,
    key: '',
    latest: async () => (await asked.shop.context.state.proposals.list())[0]!,
  };
  beforeAll(async () => {
    asked.shop = await livedShop({ customers: 80, ahead: 0, ...options });
    asked.key = (await asked.shop.context.state.models.current())!.segments[0]!.key;
  }, 60_000);
  afterAll(() => asked.shop.close());
  beforeEach(async () => {
    const { context } = asked.shop;
    for (const { id, status } of await context.state.proposals.list())
      if (status === 'open') await reject(context, { id, by: 'test', reason: 'tidy' });
  });
  return asked;
}

let names = 0;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** A name that no segment has, without a number in it. */
export function freshName(): string {
  const [tens, units] = [Math.floor(names / letters.length), names % letters.length];
  names++;
  return `Night owls ${letters[tens]}${letters[units]}`;
}

import { describe, expect, it } from 'vitest';
import type { Member } from '../../../src/activation/lift/cohort.ts';
import { type Outcome, readOutcomes } from '../../../src/activation/lift/outcomes.ts';
import { createRandom } from '../../../src/clustering/random.ts';
import { stores } from '../../warehouse/stores.ts';

const day = 86_400_000;
const start = Date.parse('2026-03-01T09:30:00Z');
const asOf = '2026-08-01';
const days = 30;

interface Order {
  id: string;
  profileId: string;
  at: number;
  total: number;
  refunded: number | null;
  refundedAt: number | null;
  returnedAt: number | null;
  status: string | null;
}

/** Customers about whose windows orders, refunds, returned lines and cancelled orders lie on all sides. */
function made() {
  const random = createRandom(4);
  const members = Array.from({ length: 120 }, (_, i): Member => {
    const exposed = start + (i % 3) * 7 * day;
    return {
      profileId: `shop/${i}`,
      arm: i % 4 === 0 ? 'holdout' : 'treated',
      segment: i % 2 ? 'one' : 'two',
      assigned: exposed,
      exposed,
      returnsDue: i % 3 < 2,
      retentionDue: i % 3 < 1,
    };
  });
  const orders = members.flatMap(({ profileId, exposed }): Order[] =>
    Array.from({ length: random.integer(5) }, (_, j) => {
      const at = exposed + Math.round((random.uniform() * 160 - 20) * day);
      const refunded = random.uniform() < 0.3 ? 5 + random.integer(40) : null;
      return {
        id: `${profileId}-${j}`,
        profileId,
        at,
        total: Math.round(random.uniform() * 9000) / 100,
        refunded,
        refundedAt: refunded !== null && random.uniform() < 0.7 ? at + random.integer(70) * day : null,
        returnedAt: random.uniform() < 0.15 ? at + random.integer(70) * day : null,
        status: random.uniform() < 0.1 ? 'cancelled' : 'paid',
      };
    }),
  );
  // On the edge of the window to the second: the first second is in it, that after the last is not.
  const edge = { total: 10, refunded: null, refundedAt: null, returnedAt: null, status: null };
  orders.push({ ...edge, id: 'first', profileId: 'shop/0', at: members[0]!.exposed });
  orders.push({ ...edge, id: 'over', profileId: 'shop/3', at: members[3]!.exposed + days * day });
  return { members, orders };
}

const second = (at: number) => new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** One customer after the other, as the words say it. */
function counted(members: readonly Member[], orders: readonly Order[]): Outcome[] {
  const groups = new Map<string, Outcome>();
  for (const { profileId, arm, segment, exposed, returnsDue, retentionDue } of members) {
    const own = orders.filter(
      order => order.profileId === profileId && order.status !== 'cancelled' && order.at < Date.parse(asOf),
    );
    const within = own.filter(({ at }) => at >= exposed && at < exposed + days * day);
    const before = (at: number | null, until: number) => (at ?? 0) < exposed + until * day;
    const cents = within.reduce((sum, { total, refunded, refundedAt }) => {
      const back = refunded !== null && before(refundedAt, days) ? Math.round(refunded * 100) : 0;
      return sum + Math.max(0, Math.round(total * 100) - back);
    }, 0);
    const outcome = {
      segment,
      arm,
      returnsDue,
      retentionDue,
      orders: within.length,
      cents,
      returned: within.some(
        ({ refunded, refundedAt, returnedAt }) =>
          (refunded !== null && before(refundedAt, days + 30)) ||
          (returnedAt !== null && before(returnedAt, days + 30)),
      ),
      retained: own.some(({ at }) => at >= exposed + days * day && at < exposed + (days + 90) * day),
      customers: 1,
    };
    const { customers: _, ...same } = outcome;
    const key = JSON.stringify(same);
    const known = groups.get(key);
    if (known) known.customers++;
    else groups.set(key, outcome);
  }
  return [...groups.values()];
}

const sorted = (outcomes: readonly Outcome[]) => outcomes.map(outcome => JSON.stringify(outcome)).sort();

describe.each(stores)('in $store', ({ open }) => {
  it('counts what became of everybody in their own window, and follows ids that were joined', async () => {
    const { members, orders } = made();
    const warehouse = await open();
    try {
      await warehouse.append('orders', {
        source: orders.map(() => 'shop'),
        order_id: orders.map(({ id }) => id),
        customer_id: orders.map(({ profileId }) => profileId),
        profile_id: orders.map(({ profileId }) => profileId),
        ordered_at: orders.map(({ at }) => second(at)),
        total: orders.map(({ total }) => total),
        refunded: orders.map(({ refunded }) => refunded),
        refunded_at: orders.map(({ refundedAt }) => (refundedAt === null ? null : second(refundedAt))),
        status: orders.map(({ status }) => status),
      });
      const returned = orders.filter(({ returnedAt }) => returnedAt !== null);
      await warehouse.append('order_lines', {
        source: returned.map(() => 'shop'),
        line_id: returned.map(({ id }) => id),
        order_id: returned.map(({ id }) => id),
        profile_id: returned.map(({ profileId }) => profileId),
        ordered_at: returned.map(({ at }) => second(at)),
        quantity: returned.map(() => 1),
        returned_quantity: returned.map(() => 1),
        returned_at: returned.map(({ returnedAt }) => second(returnedAt!)),
      });
      const outcomes = await readOutcomes(warehouse, members, { asOf, days });
      expect(sorted(outcomes)).toEqual(sorted(counted(members, orders)));

      // 116 is 117 by now, 105 is 108, and 119 goes by another name.
      await warehouse.append('identities', {
        source: ['shop', 'shop', 'shop'],
        source_id: ['116', '105', '119'],
        profile_id: ['shop/117', 'shop/108', 'shop/120'],
        reason: ['same e-mail', 'same e-mail', 'same e-mail'],
      });
      const now: Record<string, string> = { 'shop/116': 'shop/117', 'shop/105': 'shop/108' };
      for (const [from, to] of Object.entries(now))
        await warehouse.execute(`UPDATE orders SET profile_id = '${to}' WHERE profile_id = '${from}'`);
      const joined = await readOutcomes(warehouse, members, { asOf, days });
      // The first assignment stands, of two of one moment that of the profile's own id, as the sync itself holds it.
      expect(members[116]).toMatchObject({ arm: 'holdout', assigned: members[117]!.assigned + 14 * day });
      expect([members[105], members[108]]).toMatchObject([{ arm: 'treated' }, { arm: 'holdout' }]);
      const people = members.filter(({ profileId }) => !(profileId in now));
      const theirs = orders
        .filter(({ profileId }) => profileId !== 'shop/119')
        .map(order => ({ ...order, profileId: now[order.profileId] ?? order.profileId }));
      expect(sorted(joined)).toEqual(sorted(counted(people, theirs)));
      expect(await readOutcomes(warehouse, [], { asOf, days })).toEqual([]);
    } finally {
      await warehouse.close();
    }
  });
});

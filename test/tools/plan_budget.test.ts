import { afterAll, beforeAll, expect, test } from 'vitest';
import { planBudget } from '../../src/segmentation/budget/plan.ts';
import { planBudgetTool } from '../../src/tools/plan_budget.ts';
import { runTool } from '../../src/tools/run-tool.ts';
import { type LivedShop, livedShop } from '../segmentation/refresh/lived-shop.ts';
import { madeContext } from './made-context.ts';

let shop: LivedShop;
beforeAll(async () => {
  shop = await livedShop({ customers: 420, ahead: 1 });
}, 60_000);
afterAll(() => shop.close());

interface Planned {
  audiences: {
    id: string;
    reachable: unknown;
    contacts: unknown;
    cost: unknown;
    gain: unknown;
    atRisk: unknown;
  }[];
  total: { contacts: unknown; cost: unknown; gain: unknown };
  leftOver: unknown;
  notes: string[];
}

const plan = async (input: object): Promise<Planned> => {
  const context = madeContext({ ...shop.context, role: 'viewer' });
  return (await runTool(context, 'plan_budget', input, [planBudgetTool])).output as unknown as Planned;
};

test('tells the plan that the command gives, in whole tens, for all segments where none is named', async () => {
  const terms = { budget: 30, cost: 0.2, winBack: 0.1, margin: 0.4 };
  const planned = await plan({ budget: 30, cost: 0.2 });
  const exact = await planBudget(shop.context, { audiences: [], terms });
  expect(planned.audiences.map(({ id }) => id)).toEqual(exact.audiences.map(({ id }) => id));
  expect(planned.total.contacts).toBeGreaterThan(20);
  for (const [i, spend] of exact.audiences.entries()) {
    const told = planned.audiences[i]!;
    if (spend.contacts < 10)
      expect(told).toMatchObject({ contacts: 'fewer than 10', cost: null, gain: null });
    else {
      const contacts = spend.contacts - (spend.contacts % 10);
      expect(told).toMatchObject({ contacts, cost: expect.closeTo(contacts * terms.cost, 2) });
    }
  }
  expect(planned.notes.join(' ')).toContain('assumed, not measured');
});

test('the contacts of a few follow neither from the total nor from the money left', async () => {
  const { audiences, total, leftOver } = await plan({ budget: 1.3, cost: 0.1 });
  expect(audiences.filter(({ contacts }) => contacts === 'fewer than 10').length).toBeGreaterThan(0);
  expect(total).toMatchObject({ contacts: 10, cost: 1 });
  expect(leftOver).toBeCloseTo(0.3, 10);
});

test('says why nobody is to be contacted', async () => {
  const planned = await plan({ budget: 1, cost: 5 });
  expect(planned).toMatchObject({ total: { contacts: 'fewer than 10', cost: null }, leftOver: null });
  expect(planned.notes[0]).toBe('One contact costs more than the whole budget.');
});

test('refuses amounts that are none, and audiences that there are not', async () => {
  await expect(plan({ budget: 0, cost: 1 })).rejects.toThrow('"budget"');
  await expect(plan({ budget: 5, cost: 1, audiences: ['nobody'] })).rejects.toThrow(
    '"nobody" is no audience',
  );
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { budgetView } from '../../../src/cli/views/budget.ts';
import { buildAudience } from '../../../src/segmentation/audiences/build-audience.ts';
import { standingFilter, standingQuestions } from '../../../src/segmentation/audiences/standing/questions.ts';
import { readShopFacts } from '../../../src/segmentation/audiences/standing/shop-facts.ts';
import { planBudget } from '../../../src/segmentation/budget/plan.ts';
import { currentModel } from '../../../src/segmentation/current.ts';
import { openPostgres } from '../../../src/warehouse/postgres.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import { type LivedShop, livedShop } from '../refresh/lived-shop.ts';

const terms = { budget: 40, cost: 0.5, winBack: 0.1, margin: 0.4 };
const options = { customers: 420, ahead: 1 };
let shop: LivedShop;
let segments: string[];

beforeAll(async () => {
  shop = await livedShop(options);
  segments = (await currentModel(shop.context.state)).segments.map(({ key }) => key);
  await refuse(shop);
}, 60_000);
afterAll(() => shop.close());

/** Every fifth customer says that no marketing is wanted, and every seventh withdraws the consent to e-mail. */
async function refuse({ context: { warehouse } }: LivedShop) {
  const people = await warehouse.query<{ id: string }>(
    'SELECT profile_id AS id FROM orders GROUP BY profile_id ORDER BY profile_id COLLATE "C"',
  );
  const no = people.filter((_, i) => i % 5 === 0).map(({ id }) => id);
  await warehouse.append('customers', {
    source: no.map(() => 'crm'),
    customer_id: no,
    profile_id: no,
    accepts_marketing: no.map(() => 'false'),
  });
  const withdrawn = people.filter((_, i) => i % 7 === 0).map(({ id }) => id);
  await warehouse.append('consents', {
    source: withdrawn.map(() => 'crm'),
    consent_id: withdrawn,
    customer_id: withdrawn,
    profile_id: withdrawn,
    channel: withdrawn.map(() => 'email'),
    state: withdrawn.map(() => 'withdrawn'),
    stated_at: withdrawn.map(() => '2025-01-01 00:00:00'),
  });
  // As an import would: the features know nothing of it yet.
  await warehouse.execute('DELETE FROM feature_tables');
}

/** What those who may be contacted have at risk, most first, out of the tables themselves. */
async function atRisk(where = 'TRUE'): Promise<number[]> {
  const rows = await shop.context.warehouse.query<{ risk: number }>(
    `SELECT CAST(floor(s.value_at_risk * 100 + 0.5) AS BIGINT) AS risk FROM scores AS s
     JOIN placements AS p ON p.owner = s.owner AND p.as_of = s.as_of AND p.profile_id = s.profile_id
     WHERE p.segment_key <> 'set-aside' AND ${where}
       AND s.profile_id NOT IN (SELECT profile_id FROM customers WHERE accepts_marketing = FALSE)
       AND s.profile_id NOT IN (SELECT profile_id FROM consents)
     ORDER BY risk DESC`,
  );
  return rows.map(({ risk }) => risk / 100);
}

test('the best contacts of all segments, of those who may be contacted', async () => {
  const plan = await planBudget(shop.context, { audiences: [], terms });
  const best = (await atRisk()).slice(0, 80).filter(risk => risk * 0.04 > 0.5);
  expect(best.length).toBeGreaterThan(20);
  expect(plan.total.contacts).toBe(best.length);
  expect(plan.total.valueAtRisk).toBeCloseTo(
    best.reduce((sum, risk) => sum + risk, 0),
    6,
  );
  expect(plan.total.gain).toBeCloseTo(
    best.reduce((sum, risk) => sum + risk * 0.04 - 0.5, 0),
    6,
  );
  expect(plan.leftOver).toBeCloseTo(40 - best.length * 0.5, 9);
  expect(plan.paysFrom).toBeCloseTo(12.5, 9);
  expect(Math.min(...plan.audiences.flatMap(({ least }) => least ?? []))).toBe(best.at(-1));
  expect(plan.audiences.map(({ id }) => id).sort()).toEqual(segments.toSorted());
  for (const { id, reachable, atRisk: risk } of plan.audiences) {
    const own = await atRisk(`p.segment_key = '${id}'`);
    expect(reachable).toBe(own.length);
    expect(risk).toBeCloseTo(
      own.reduce((sum, each) => sum + each, 0),
      6,
    );
  }
});

test('at the break-even share the money comes back and no more', async () => {
  const { total } = await planBudget(shop.context, { audiences: [], terms });
  expect(total.valueAtRisk * total.breakEven! * terms.margin).toBeCloseTo(total.cost, 9);
});

test('who is in several audiences counts in the first', async () => {
  const filter = { field: 'recency', above: 60 };
  const { audience } = await buildAudience(shop.context, { filter, name: 'Away', actor: 'ada' });
  const alone = await planBudget(shop.context, { audiences: [audience.handle], terms });
  const first = await planBudget(shop.context, { audiences: [audience.handle, ...segments], terms });
  const last = await planBudget(shop.context, { audiences: [...segments, audience.handle], terms });
  const contacts = (plan: typeof first) => plan.audiences.find(({ id }) => id === audience.handle)!.contacts;
  expect(contacts(alone)).toBeGreaterThan(0);
  expect(contacts(first)).toBeGreaterThan(0);
  expect(contacts(last)).toBe(0);
  expect(first.total).toEqual(last.total);
});

test('nothing is spent where no contact pays, and the view says so', async () => {
  const plan = await planBudget(shop.context, { audiences: [], terms: { ...terms, winBack: 0.0001 } });
  expect(plan).toMatchObject({ leftOver: 40, total: { contacts: 0, cost: 0, gain: 0, breakEven: null } });
  const text = budgetView(plan, 80);
  expect(text).toContain('Nobody to contact');
  expect(text).not.toMatch(/NaN|Infinity|null|undefined/);
});

test('an unknown name is refused with what may be said', async () => {
  await expect(planBudget(shop.context, { audiences: ['everybody'], terms })).rejects.toMatchObject({
    next: expect.stringContaining('lapsed-but-recoverable'),
  });
  await expect(planBudget(shop.context, { audiences: ['a-00000000'], terms })).rejects.toThrow(
    'There is no audience "a-00000000"',
  );
});

test('Postgres answers the same questions with the same filters, and plans the same', {
  timeout: 60_000,
}, async () => {
  const url = await freshDatabase();
  const twin = await livedShop({ ...options, open: () => openPostgres({ url }) });
  try {
    await refuse(twin);
    const ids = [];
    for (const { id, filter } of standingQuestions) {
      if (filter(await readShopFacts(shop.context)) === null) continue;
      ids.push(id);
      const [here, there] = [await standingFilter(shop.context, id), await standingFilter(twin.context, id)];
      expect(there.filter).toEqual(here.filter);
    }
    expect(ids).toContain('lapsed-but-recoverable');
    const request = { audiences: [...ids, ...segments], terms };
    expect(await planBudget(twin.context, request)).toEqual(await planBudget(shop.context, request));
  } finally {
    await twin.close();
  }
});

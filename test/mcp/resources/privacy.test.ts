import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestDigest } from '../../../src/agent/tasks/digest/digest.ts';
import { toldFacts } from '../../../src/mcp/resources/governance.ts';
import { readFacts } from '../../../src/segmentation/governance/report/facts.ts';
import { reportOn } from '../../../src/segmentation/governance/report/report.ts';
import { setupOf } from '../../../src/segmentation/governance/report/setup.ts';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { connectedClient, person } from '../../support/mcp-client.ts';
import { madeContext } from '../../tools/made-context.ts';

/** So few customers that segments are of a handful. */
const customers = 48;
/** Stands wherever somebody may have typed the name of a customer, or data may hold one. */
const named = 'Zelda Quist';

let shop: LivedShop;
/** Whatever says who somebody is. */
let secrets: string[];
/** By URI. */
let pages: Map<string, string>;

beforeAll(async () => {
  shop = await livedShop({ customers, ahead: 2 });
  const { warehouse, state } = shop.context;
  await warehouse.execute(
    `UPDATE customers SET email = 'mail' || replace(profile_id, '/', '-') || '@example.com',
       phone = '+44 20 7946 ' || length(profile_id)`,
  );
  await warehouse.execute(
    `INSERT INTO consents (source, consent_id, customer_id, profile_id, channel, purpose, state, stated_at)
     SELECT source, 'c-' || customer_id, customer_id, profile_id, 'email', '${named}', 'granted', TIMESTAMP '2026-01-01 00:00:00'
     FROM customers ORDER BY profile_id LIMIT 3`,
  );
  await shop.refresh(1);
  await shop.refresh(2);
  await writtenByPeople(state);
  const rows = await warehouse.query<{ id: string }>(
    `SELECT profile_id AS id FROM identities UNION SELECT email AS id FROM customers
     UNION SELECT order_id AS id FROM orders WHERE length(order_id) > 6`,
  );
  secrets = rows.map(({ id }) => id).filter(id => id !== null && id.length > 6);
  const { client, close } = await connectedClient(appOver(shop.context), person(), { era: 'modern' });
  pages = new Map();
  for (const { uri } of (await client.listResources()).resources) {
    if (!uri.startsWith('kindred:')) continue;
    const { contents } = await client.readResource({ uri });
    pages.set(uri, (contents[0] as { text: string }).text);
  }
  await close();
}, 120_000);
afterAll(() => shop.close());

/** What people type freely, in every place that the data protection review reads. */
async function writtenByPeople(state: LivedShop['context']['state']): Promise<void> {
  const at = '2026-06-20T00:00:00.000Z';
  const by = named;
  await state.decisions.record({
    feature: 'recency',
    effect: 'block',
    lawfulBasis: null,
    decidedBy: by,
    at,
    reason: by,
  });
  const { id } = await state.proposals.open({
    kind: 'sync',
    subject: 'a-1',
    summary: `7 customers for ${named}`,
    body: {
      handle: 'a-1',
      name: 'Back again',
      destination: 'file',
      purpose: named,
      customers: 7,
      asOf: '2026-06-15',
    },
    createdAt: at,
    createdBy: by,
  });
  await state.proposals.reject(id, { at, by, reason: named });
  await state.proposals.open({
    kind: 'sync',
    subject: 'a-2',
    summary: `7 customers for ${named}`,
    body: {
      handle: 'a-2',
      name: 'Once more',
      destination: 'file',
      purpose: named,
      customers: 7,
      asOf: '2026-06-15',
    },
    createdAt: at,
    createdBy: by,
  });
  await state.triggers.save({
    id: 't-1',
    name: 'Looked at one thing',
    rule: { all: [{ type: 'Product Viewed', category: named, withinDays: 7, atLeast: 2 }] },
    createdAt: at,
    createdBy: by,
  });
  const leave = (action: string, subject: string, details: Record<string, unknown>) =>
    state.audit.append({ at, actor: by, action, subject, details });
  await leave('audience.exported', 'a-1', { name: 'Back again', rows: 7, file: `/home/${named}/list.csv` });
  await leave('term.released', 'tea', { reason: named });
}

/** A count of people below ten in words: "7 customers". */
const fewInWords =
  /(?<![\d.,£$€-])[1-9] (?:customers?|people|buyers?|shoppers?|members?|profiles?|accounts?|are|were|moved|became)\b/i;

/** Cells of tables under a head that counts people, or rows of people, and values of rows that do. */
function countsIn(markdown: string): string[] {
  const counts: string[] = [];
  let heads: string[] = [];
  for (const line of markdown.split('\n')) {
    if (!line.startsWith('|')) {
      heads = [];
      continue;
    }
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.trim());
    if (heads.length === 0) heads = cells;
    else
      counts.push(
        ...cells.filter(
          (_, i) => /customers|people|rows|smallest/i.test(heads[i]!) || /^customers/i.test(cells[0]!),
        ),
      );
  }
  return counts;
}

it('there are segments of which nothing may be told, and pages of them', async () => {
  const { segments } = (await shop.context.state.models.current())!;
  const small = segments.filter(({ size }) => size < 10);
  expect(small.length).toBeGreaterThan(0);
  for (const { key } of small) expect(pages.get(`kindred://segments/${key}`)).toContain('no more is told');
});

describe('no page of a shop of a few dozen customers', () => {
  it('counts one to nine of them', () => {
    for (const [uri, text] of pages) {
      expect(
        text.split('\n').filter(line => fewInWords.test(line)),
        uri,
      ).toEqual([]);
      const few = countsIn(text).filter(cell => /^[1-9]\b(?![.,\d])/.test(cell));
      expect(few, uri).toEqual([]);
    }
    const counted = [...pages.values()].flatMap(countsIn);
    expect(counted.filter(cell => /^\d{2,}/.test(cell)).length).toBeGreaterThan(5);
    expect(counted).toContain('fewer than 10');
  });

  it('tells who somebody is, or what people typed of them', () => {
    expect(secrets.length).toBeGreaterThan(customers);
    for (const [uri, text] of pages) {
      expect(
        secrets.filter(secret => text.includes(secret)),
        uri,
      ).toEqual([]);
      expect(text, uri).not.toMatch(/[\w.-]+@[\w-]+\.\w/);
      expect(text, uri).not.toContain('+44');
      expect(text, uri).not.toContain('Zelda');
      expect(text, uri).not.toContain('list.csv');
    }
  });
});

it('the digest counts nobody below ten in its figures either', async () => {
  const told = JSON.stringify(await latestDigest(madeContext({ ...shop.context, role: 'viewer' })));
  expect(told).toContain('fewer than 10');
  expect(told).not.toMatch(/"(?:customers|grew|shrank|setAside)":\d(?!\d)/);
});

it('the review that a model may read keeps to tens what follows from a withheld segment', async () => {
  const app = appOver(shop.context);
  const facts = await readFacts(shop.context, setupOf(app.config));
  // What a person reads on paper has all of it.
  expect(reportOn(facts)).toContain(named);
  const told = toldFacts(facts);
  const { people, tables, derived, imports } = told.holdings;
  const counts = [people, ...[...tables, ...derived, ...imports].map(({ rows }) => rows)];
  expect(counts.filter(rows => rows >= 10 && rows % 10 !== 0)).toEqual([]);
  expect(pages.get('kindred://governance')).toContain('viewed products at least twice in 7 days');
  expect(pages.get('kindred://proposals')).toContain('## p-2');
});

import { z } from 'zod';
import { groupFindings } from '../segmentation/history/findings.ts';
import type { Model } from '../segmentation/model.ts';
import { type Readiness, readiness } from '../segmentation/readiness.ts';
import { reclusterAdvised } from '../segmentation/recluster/advised.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import { roundedShare } from './rounding.ts';
import { currencyOf, wholeOfShop } from './segment-figures.ts';
import { setAsideOf, setAsideShape } from './set-aside.ts';
import { tool } from './tool.ts';
import { count, day, money, people, peopleOf, share } from './values.ts';

const MOST_MISSING = 4;
const MOST_BLANK = 6;
const MOST_PROPOSALS = 5;
/** Below this, blanks of a column are no matter; a column that is all blank counts as missing. */
const OFTEN_BLANK = 0.05;

export const shopOverviewTool = tool({
  name: 'shop_overview',
  title: 'Overview of the shop',
  description:
    'The shop and its data: customers, orders, span, what data is missing; how fresh the segments are, open proposals, alerts. Start here.',
  input: z.object({}),
  output: z.object({
    /** Of the figures; null where there are no orders. */
    asOf: day.nullable(),
    currency: z.string().nullable(),
    customers: people,
    withoutOrders: people,
    orders: count,
    span: z.object({ first: day, last: day, months: count }).nullable(),
    readiness: z.object({
      enough: z.boolean(),
      why: z.array(z.string()),
      missing: z.array(
        z.object({ class: z.string(), features: z.array(z.string()), more: count, brings: z.string() }),
      ),
      oftenBlank: z.array(z.object({ column: z.string(), blank: share })),
    }),
    /** null where nothing was segmented yet. */
    segments: z
      .object({
        kind: z.enum(['clusters', 'rfm']),
        groups: count,
        found: day,
        /** The date that the segments and their figures speak of. */
        refreshed: day,
        refreshes: count,
        revenue: money,
        setAside: setAsideShape,
        alerts: count,
        toWatch: count,
        /** Why they should be found anew. */
        recluster: z.array(z.string()),
      })
      .nullable(),
    openProposals: z.array(z.object({ id: z.string(), kind: z.string(), summary: z.string(), since: day })),
    moreProposals: count,
  }),
  effect: 'read',
  role: 'viewer',
  async run({ warehouse, state }) {
    const model = await state.models.current();
    const records = await state.refreshes.list();
    const found = await readiness(warehouse, model?.describedAsOf, model?.recipe.overlay);
    const open = (await state.proposals.list()).filter(({ status }) => status === 'open');
    const { customers, orders, asOf } = found;
    return {
      asOf,
      currency: currencyOf(found),
      customers: peopleOf(customers.buyers),
      withoutOrders: peopleOf(customers.withoutOrders),
      orders: orders.purchases,
      span: orders.span ? { first: orders.span.first, last: orders.span.last, months: found.months } : null,
      readiness: readinessOf(found),
      segments: model ? segmentsOf(model, records) : null,
      openProposals: open.slice(0, MOST_PROPOSALS).map(({ id, kind, summary, createdAt }) => ({
        id,
        kind,
        summary,
        since: createdAt.slice(0, 10),
      })),
      moreProposals: Math.max(0, open.length - MOST_PROPOSALS),
    };
  },
});

function readinessOf({ verdict, classes, tables }: Readiness) {
  const blanks = tables.flatMap(({ table, blanks }) =>
    blanks.map(({ column, share }) => ({ column: `${table}.${column}`, blank: roundedShare(share) })),
  );
  return {
    ...verdict,
    missing: classes
      .filter(({ missing }) => missing.length > 0)
      .map(({ class: name, missing, brings }) => ({
        class: name,
        features: missing.slice(0, MOST_MISSING).map(({ label }) => label),
        more: Math.max(0, missing.length - MOST_MISSING),
        brings,
      })),
    oftenBlank: blanks
      .filter(({ blank }) => blank > OFTEN_BLANK && blank < 1)
      .sort((a, b) => b.blank - a.blank || (a.column < b.column ? -1 : 1))
      .slice(0, MOST_BLANK),
  };
}

function segmentsOf(model: Model, records: readonly RefreshRecord[]) {
  const { kind, segments, asOf, describedAsOf, population } = model;
  const findings = records.at(-1)?.findings ?? [];
  const titled = (title: string) =>
    groupFindings(findings).find(group => group.title === title)?.findings.length ?? 0;
  return {
    kind,
    groups: segments.length,
    found: asOf,
    refreshed: describedAsOf,
    refreshes: records.filter(record => record.modelId === model.id && record.kind === 'refresh').length,
    revenue: wholeOfShop(model).money(population.revenue),
    setAside: setAsideOf(population),
    alerts: titled('Alerts'),
    toWatch: titled('To watch'),
    recluster: reclusterAdvised(findings, records),
  };
}

import { z } from 'zod';
import { groupFindings } from '../segmentation/history/findings.ts';
import type { Model } from '../segmentation/model.ts';
import { verdictOf } from '../segmentation/readiness.ts';
import { reclusterAdvised } from '../segmentation/recluster/advised.ts';
import { type ShopStanding, shopStanding } from '../segmentation/shop-standing.ts';
import type { State } from '../state/state.ts';
import { wholeOf } from './results/coarse.ts';
import { currencyOf, wholeOfShop } from './results/segment-figures.ts';
import { setAsideOf, setAsideShape } from './results/set-aside.ts';
import { proposalSummary } from './results/shown-proposal.ts';
import { count, day, few, money, people, peopleOf } from './results/values.ts';
import { tool } from './tool.ts';

const MOST_MISSING = 4;
const MOST_PROPOSALS = 5;

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
    /** null where nothing was segmented yet. */
    withoutOrders: people.nullable(),
    orders: count,
    /** Of all orders that came: those after `asOf` are not in the figures yet. */
    span: z.object({ first: day, last: day, months: count }).nullable(),
    readiness: z.object({
      enough: z.boolean(),
      why: z.array(z.string()),
      missing: z.array(
        z.object({ class: z.string(), features: z.array(z.string()), more: count, brings: z.string() }),
      ),
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
    const found = await shopStanding(warehouse, model);
    const whole = model ? wholeOfShop(model) : wholeOf([]);
    const open = (await state.proposals.list()).filter(({ status }) => status === 'open');
    const { asOf, withoutOrders, span, months } = found;
    const customers = whole.people(found.buyers);
    return {
      asOf,
      currency: currencyOf(found),
      customers,
      withoutOrders: withoutOrders === null ? null : peopleOf(withoutOrders),
      orders: found.purchases,
      span: span ? { first: span.first, last: span.last, months } : null,
      readiness: {
        ...verdictOf(customers === few ? 0 : customers, months),
        missing: missingOf(found),
      },
      segments: model ? await segmentsOf(model, state) : null,
      openProposals: open.slice(0, MOST_PROPOSALS).map(proposal => ({
        id: proposal.id,
        kind: proposal.kind,
        summary: proposalSummary(proposal),
        since: proposal.createdAt.slice(0, 10),
      })),
      moreProposals: Math.max(0, open.length - MOST_PROPOSALS),
    };
  },
});

function missingOf({ classes }: ShopStanding) {
  return classes
    .filter(({ missing }) => missing.length > 0)
    .map(({ class: name, missing, brings }) => ({
      class: name,
      features: missing.slice(0, MOST_MISSING).map(({ label }) => label),
      more: Math.max(0, missing.length - MOST_MISSING),
      brings,
    }));
}

async function segmentsOf(model: Model, { refreshes }: State) {
  const { kind, segments, asOf, describedAsOf, population } = model;
  const { findings } = (await refreshes.latest())!;
  const dates = await refreshes.dates();
  const titled = (title: string) =>
    groupFindings(findings).find(group => group.title === title)?.findings.length ?? 0;
  return {
    kind,
    groups: segments.length,
    found: asOf,
    refreshed: describedAsOf,
    refreshes: dates.filter(date => date.modelId === model.id && date.kind === 'refresh').length,
    revenue: wholeOfShop(model).money(population.revenue),
    setAside: setAsideOf(population),
    alerts: titled('Alerts'),
    toWatch: titled('To watch'),
    recluster: reclusterAdvised(findings, dates),
  };
}

import { z } from 'zod';
import { segmentFigures, segmentPredictions } from '../../../tools/results/segment-figures.ts';
import { count, day, money, people } from '../../../tools/results/values.ts';
import type { ToolContext } from '../../../tools/tool.ts';
import { digestFacts } from './facts.ts';
import { writeDigest } from './write.ts';

const flow = z.object({ customers: people, revenueLastYear: money.nullable() });

/** A week in one page. Made of tool results, so its values are theirs: no count below ten fits. */
export const digestShape = z.object({
  /** The date that all figures speak of. */
  asOf: day,
  /** The date they are compared with; null where the segments were only just found. */
  since: day.nullable(),
  /** What leads: segments just found, data that stopped arriving, an alert, something to watch, or none of them. */
  state: z.enum(['found', 'feed', 'alert', 'watch', 'quiet']),
  /** One sentence. */
  headline: z.string(),
  currency: z.string().nullable(),
  customers: people,
  revenue: money,
  segments: z.array(
    z.object({
      key: segmentFigures.key,
      name: segmentFigures.name,
      customers: segmentFigures.customers,
      share: segmentFigures.share,
      /** Customers more, or fewer, than at `since`; both null where there are as many, or nothing to compare with. */
      grew: people.nullable(),
      shrank: people.nullable(),
      trend: segmentFigures.trend,
      revenueShare: segmentFigures.revenueShare,
      valueAtRisk: segmentPredictions.valueAtRisk,
    }),
  ),
  /** Customers of unusual volume, who stand in no segment; null: none. */
  setAside: people.nullable(),
  /** Since `since`; null where there is nothing to compare with. */
  flows: z.object({ newcomers: flow, lapsed: flow, cameBack: flow }).nullable(),
  /** The moves that matter, a sentence each with what drove it. */
  moves: z.array(z.string()),
  /** Most grave first. */
  findings: z.array(
    z.object({
      /** How it is to be taken; `explained`: by the time of year, a feed or ageing, so it is no alarm. */
      level: z.enum(['alert', 'watch', 'note', 'explained']),
      kind: z.string(),
      sentence: z.string(),
      /** What is likely behind it, which nobody measured; null where it needs none. */
      explanation: z.string().nullable(),
      since: day,
      /** "the time of year", "data that stopped arriving", "customers growing older". */
      explainedBy: z.string().nullable(),
    }),
  ),
  moreFindings: count,
  /** Campaigns of which something can be told now that could not at the last digest. Kept digests of before have none. */
  campaigns: z
    .array(z.object({ sync: z.string(), name: z.string(), verdict: z.string(), says: z.string() }))
    .default([]),
  /** What to do this week, two to five where the shop has that much to tell, most pressing first. */
  todo: z.array(
    z.object({
      action: z.string(),
      /** In figures. */
      why: z.string(),
      segment: z.object({ key: z.string(), name: z.string() }).nullable(),
    }),
  ),
  /** Expected of all segments together, from `asOf` on: 12 months, and the chance of no order in 90 days. */
  ahead: z.object({
    lifetimeValue: segmentPredictions.lifetimeValue,
    valueAtRisk: segmentPredictions.valueAtRisk,
    churn: segmentPredictions.churn,
  }),
  /** What to bear in mind when reading the figures. */
  notes: z.array(z.string()),
  /** Waiting for a person. */
  proposals: z.array(z.object({ id: z.string(), kind: z.string(), summary: z.string(), since: day })),
  moreProposals: count,
  author: z.enum(['deterministic', 'model']),
});

export type Digest = z.infer<typeof digestShape>;

/**
 * The digest of the latest refresh, or of the segments as they were found where none came after; null where nothing was
 * segmented yet. Every number in its texts is one of the tools' results.
 */
export async function latestDigest(context: ToolContext): Promise<Digest | null> {
  const facts = await digestFacts(context);
  return facts === null ? null : digestShape.parse(writeDigest(facts));
}

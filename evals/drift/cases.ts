import { z } from 'zod';
import { driftExplanation } from '../../src/agent/tasks/drift/explanation.ts';
import type { Finding } from '../../src/segmentation/drift/finding.ts';

/** Findings whose cause is known, as it was planted, and what an explanation has to make of them. */
export interface DriftCase {
  id: string;
  findings: Finding[];
  wants: DriftWants;
}

export const driftWants = z.object({
  /** Kinds of which the first has to be named first; empty: nothing matters. */
  matters: z.array(z.string()),
  /** Words of which a cause has one; empty: no cause is known. */
  cause: z.array(z.string()),
  rethink: z.boolean(),
});

export type DriftWants = z.infer<typeof driftWants>;

/** What was explained, with all that it is judged by. */
export const writtenDrift = z.object({
  id: z.string(),
  explanation: driftExplanation,
  stoodIn: z.boolean(),
  /** What was shown. */
  given: z.string(),
  /** Kind and explanation by label. */
  findings: z.array(
    z.object({ label: z.string(), kind: z.string(), severity: z.string(), explained: z.boolean() }),
  ),
  keys: z.array(z.string()),
  wants: driftWants,
});

export type WrittenDrift = z.infer<typeof writtenDrift>;

function found(
  kind: Finding['kind'],
  subject: string,
  sentence: string,
  more: Partial<Finding> = {},
): Finding {
  return {
    kind,
    severity: 'alert',
    subject,
    sentence,
    measure: { name: 'change', value: 0.4, threshold: 0.2 },
    explainedBy: null,
    since: '2026-07-27',
    ...more,
  };
}

const calendar = { explainedBy: 'calendar', severity: 'note' } as const;

export const driftCases: readonly DriftCase[] = [
  {
    id: 'broken-feed',
    findings: [
      found('size', 'active-repeat-buyers', 'Active repeat buyers shrank by 34 %, from 77 customers to 51.', {
        explainedBy: 'feed',
        severity: 'note',
      }),
      found(
        'feed-stopped',
        'orders shop',
        'Orders from “shop” stopped arriving on 20 July: 41 came in an ordinary week, none in the last 7 days.',
      ),
    ],
    wants: {
      matters: ['feed-stopped'],
      cause: ['export', 'connection', 'feed', 'import', 'deliver', 'source'],
      rethink: false,
    },
  },
  {
    id: 'price-rise',
    findings: [
      found('price', 'rise', 'The same products cost 19 % more than in the 8 weeks before.'),
      found('feature', 'order_value', 'A shift in order value: the median is £41.20, it was £34.90.', {
        severity: 'watch',
      }),
    ],
    wants: { matters: ['price'], cause: ['price', 'list', 'promotion'], rethink: false },
  },
  {
    id: 'dissolved-type',
    findings: [
      found(
        'hollowing',
        'active-repeat-buyers',
        'Active repeat buyers place fewer orders: 2.27 orders per customer in the last 90 days, 4.68 orders on 1 June.',
      ),
    ],
    wants: {
      matters: ['hollowing'],
      cause: ['on the way out', 'leav', 'elsewhere', 'los', 'stop'],
      rethink: true,
    },
  },
  {
    id: 'new-range',
    findings: [
      found('new-category', 'lamps', 'The category “lamps” takes 14 % of lines, where it had none before.'),
    ],
    wants: { matters: ['new-category'], cause: ['range', 'renam', 'catalogue'], rethink: false },
  },
  {
    id: 'december',
    findings: [
      found(
        'feature',
        'orders_per_month',
        'A shift in orders per month, as in the same weeks a year before.',
        calendar,
      ),
      found('size', 'bargain-seekers', 'Bargain seekers grew by 22 %, from 140 customers to 171.', calendar),
    ],
    wants: { matters: [], cause: [], rethink: false },
  },
  { id: 'quiet', findings: [], wants: { matters: [], cause: [], rethink: false } },
];

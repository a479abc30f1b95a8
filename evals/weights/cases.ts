import { z } from 'zod';
import { weightsDraft } from '../../src/agent/tasks/weights/weights-draft.ts';

/** A priority, and what weights have to do with it. */
export interface WeightsCase {
  id: string;
  priority: string;
  /** Features that a person blocked before. */
  blocked: string[];
  wants: Wants;
}

export const wants = z.object({
  /** At least so many of these count more than before. */
  raise: z.array(z.string()),
  least: z.number(),
  /** Must stay as they are: the priority has nothing to do with them. */
  keep: z.array(z.string()),
  /** Would serve and may not be used: named with a word why. */
  leaveOut: z.array(z.string()),
  /** Whether no behaviour is meant: that is said. */
  unknown: z.boolean(),
});

export type Wants = z.infer<typeof wants>;

/** What was chosen, with all that it is judged by. */
export const writtenWeights = z.object({
  id: z.string(),
  /** null: nothing was chosen, with a word why. */
  draft: weightsDraft.nullable(),
  /** Whether what the model wrote was refused, so that another text stands in for it. */
  stoodIn: z.boolean(),
  /** What the choice rests on, as it was shown. */
  given: z.string(),
  usable: z.array(z.object({ id: z.string(), weight: z.number() })),
  barred: z.array(z.string()),
  wants,
});

export type WrittenWeights = z.infer<typeof writtenWeights>;

const priority = (
  id: string,
  words: string,
  raise: string[],
  more: Partial<Wants> & { blocked?: string[] } = {},
): WeightsCase => {
  const { blocked = [], ...rest } = more;
  const wanted = { raise, least: 2, keep: [], leaveOut: [], unknown: false, ...rest };
  return { id, priority: words, blocked, wants: wanted };
};

const mail = ['open_rate', 'days_since_click', 'engagement_trend', 'unsubscribed'];

/** Those that block something come last, as a block stays. */
export const weightsCases: readonly WeightsCase[] = [
  priority(
    'subscription',
    'We launch a subscription in March.',
    ['gap_variation', 'days_between_orders', 'repeat_product_share', 'active_month_share'],
    { keep: ['evening_share', 'satisfaction'] },
  ),
  priority(
    'win-back',
    'We want to win back customers before they are lost.',
    ['recency', 'overdue_ratio', 'recent_value_share', 'days_since_visit', 'engagement_trend'],
    { keep: ['evening_share', 'holiday_share'] },
  ),
  priority('newsletter', 'Our newsletter is to bring more orders.', ['click_rate', ...mail], {
    keep: ['offline_share', 'return_rate'],
  }),
  priority(
    'margin',
    'We give away too much margin in discounts.',
    ['discounted_order_share', 'discount_depth', 'return_rate', 'order_value'],
    { keep: ['satisfaction', 'evening_share'] },
  ),
  priority(
    'service',
    'Too many complaints: we want to see whom our service loses.',
    ['tickets_per_order', 'complaint_share', 'satisfaction', 'days_since_ticket', 'return_rate'],
    { keep: ['evening_share', 'discount_depth'] },
  ),
  priority(
    'sensitive-category',
    'We widen the range of pharmacy & health products and look for who takes to it.',
    ['category_entropy', 'top_category_share', 'browse_breadth', 'basket_products'],
    { least: 1, leaveOut: ['pharmacy & health'] },
  ),
  priority('no-behaviour', 'Be more disruptive.', [], { least: 0, unknown: true }),
  priority('blocked', 'Who still reads our newsletter?', mail, {
    blocked: ['click_rate'],
    leaveOut: ['click_rate'],
    least: 1,
  }),
];

import { InputError } from '../../../errors.ts';
import type { State } from '../../../state/state.ts';
import type { Warehouse } from '../../../warehouse/port.ts';
import type { Filter } from '../filter/filter.ts';
import { promotionBound, promotionField, recoverableFilter, recoverableMeaning } from './recoverable.ts';
import { readShopFacts, type ShopFacts } from './shop-facts.ts';

/** A question that is worth asking every week, whatever the segments are called. */
export interface StandingQuestion {
  /** What it is called on the command line. */
  id: string;
  question: string;
  /** What its audience is called. */
  name: string;
  /** Who is meant, by what the shop has, and why they: a sentence or two. */
  meaning(shop: ShopFacts): string;
  /** What its value at risk or lifetime value says here. */
  value: string;
  /** From what the shop has; null where that does not answer it. */
  filter(shop: ShopFacts): Filter | null;
  /** What is missing then. */
  needs: string;
}

export const standingQuestions: readonly StandingQuestion[] = [
  {
    id: 'lapsed-but-recoverable',
    question: 'Who are our lapsed but recoverable customers?',
    name: 'Lapsed but recoverable',
    meaning: recoverableMeaning,
    value:
      'Their value at risk is what winning them back is worth: what twelve months of theirs were worth on the day of their last order, less what they will bring if nothing changes.',
    filter: recoverableFilter,
    needs: 'scores of who is still a customer, or visits, clicks or opened e-mails among the events',
  },
  {
    id: 'overdue',
    question: 'Who is overdue for an order?',
    name: 'Overdue for an order',
    meaning: () =>
      'They came back at least twice, and have waited half as long again as is usual for them; less than three of their gaps have passed, so that a reminder may do.',
    value: 'Their value at risk is what goes if they do not come back.',
    // At any time half of all customers are past the middle of their own waits: that alone makes nobody late.
    filter: shop =>
      shop.has('overdue_ratio')
        ? {
            all: [
              { field: 'orders', atLeast: 3 },
              { field: 'days_between_orders', above: 0 },
              { field: 'overdue_ratio', atLeast: 1.5, below: 3 },
            ],
          }
        : null,
    needs: 'orders with a date',
  },
  {
    id: 'best-at-risk',
    question: 'Which of our best customers are slipping away?',
    name: 'Best customers at risk',
    meaning: () =>
      'They are among the fifth who spent most, came back at least twice, and have let two of their own gaps pass without an order.',
    value: 'Their value at risk is what goes if they do not come back.',
    filter: shop =>
      shop.topFifthRevenue !== null && shop.topFifthRevenue > 0
        ? {
            all: [
              { field: 'revenue', atLeast: shop.topFifthRevenue },
              { field: 'orders', atLeast: 3 },
              { field: 'overdue_ratio', atLeast: 2 },
            ],
          }
        : null,
    needs: 'orders that carry a total',
  },
  {
    id: 'likely-to-order',
    question: 'Who is likely to order in the next 30 days?',
    name: 'Likely to order within 30 days',
    meaning: () => 'An order of theirs in the next 30 days is more likely than not.',
    value: 'They will mostly order without being asked: what is spent on them is rarely won.',
    filter: shop =>
      shop.has('order_probability_30') ? { field: 'order_probability_30', atLeast: 0.5 } : null,
    needs: 'scores of the chance of an order',
  },
  {
    id: 'due-to-replenish',
    question: 'Who is about to run out of what they buy again and again?',
    name: 'Due to replenish',
    meaning: () =>
      'A product that they buy at a steady pace is due within a week, or was due in the last two weeks and has not been bought.',
    value: 'A reminder that names the product is worth most in these weeks.',
    filter: shop => (shop.has('replenish_in') ? { field: 'replenish_in', atLeast: -14, atMost: 7 } : null),
    needs: 'products that customers buy again at a steady pace',
  },
  {
    id: 'discount-driven',
    question: 'Who orders almost only at a discount?',
    name: 'Wait for a discount',
    meaning: () => 'They order mostly at a discount, and more than twice as often as is usual here.',
    value:
      'Another discount for them mostly costs margin: they are the ones to leave out of it, or to try without.',
    filter: shop => {
      const above = promotionBound(shop);
      return above === null
        ? null
        : {
            all: [
              { field: 'orders', atLeast: 2 },
              { field: promotionField(shop), above },
            ],
          };
    },
    needs: 'orders of which some carry a discount or a coupon, and most do not',
  },
];

/** What a standing question asks for in a shop; texts as in the question. */
export interface StandingAnswer extends Pick<StandingQuestion, 'id' | 'question' | 'name' | 'value'> {
  meaning: string;
  filter: Filter;
}

export function isStandingQuestion(id: string): boolean {
  return standingQuestions.some(question => question.id === id);
}

/**
 * The filter that answers a standing question in this shop as it is now: an audience like any other.
 *
 * @throws InputError where there is no such question, or the shop's data does not answer it
 */
export async function standingFilter(
  stores: { warehouse: Warehouse; state: State },
  id: string,
): Promise<StandingAnswer> {
  const question = standingQuestions.find(candidate => candidate.id === id);
  if (!question)
    throw new InputError(
      `There is no standing question "${id}".`,
      `Ask one of ${standingQuestions.map(known => known.id).join(', ')}. \`kindred audience show HANDLE\` shows a saved audience, and '{"segment":"KEY"}' asks for a segment.`,
    );
  const shop = await readShopFacts(stores);
  const filter = question.filter(shop);
  if (!filter)
    throw new InputError(
      `This shop's data does not answer "${question.question}"`,
      `It needs ${question.needs}; \`kindred readiness\` says what there is.`,
    );
  const { name, value } = question;
  return { id, question: question.question, name, value, meaning: question.meaning(shop), filter };
}

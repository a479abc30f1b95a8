import type { Unit } from '../../features/feature.ts';

/** One prediction per customer as of a date; the id is its column in the table `scores`. */
export interface Score {
  id: string;
  /** Plain English, lower case, fit to stand in a sentence. */
  label: string;
  /** `text` for what names something: a category, a product. */
  unit: Unit | 'text';
}

/** Days ahead that a customer has to be without an order to count as churned, and that calibration holds out. */
export const churnDays = 90;

/** NULL where nothing can be said of a customer. Money is in the shop's currency and after returns; days are from the as-of date. */
export const scores = [
  { id: 'expected_orders_30', label: 'orders expected in the next 30 days', unit: 'count' },
  { id: 'expected_orders_90', label: 'orders expected in the next 90 days', unit: 'count' },
  { id: 'expected_orders_365', label: 'orders expected in the next 365 days', unit: 'count' },
  { id: 'order_probability_30', label: 'chance of an order in the next 30 days', unit: 'share' },
  { id: 'churn_probability', label: `chance of no order in the next ${churnDays} days`, unit: 'share' },
  { id: 'alive_probability', label: 'chance of still being a customer', unit: 'share' },
  { id: 'expected_order_value', label: 'expected value of the next order', unit: 'money' },
  { id: 'lifetime_value', label: 'expected value of the next 12 months', unit: 'money' },
  { id: 'value_if_back', label: '12-month value on the day of the last order', unit: 'money' },
  { id: 'value_at_risk', label: '12-month value lost if nothing changes', unit: 'money' },
  { id: 'next_order_in', label: 'days until the next order', unit: 'days' },
  { id: 'next_order_earliest', label: 'days until the next order, a quarter come sooner', unit: 'days' },
  { id: 'next_order_latest', label: 'days until the next order, a quarter come later', unit: 'days' },
  { id: 'days_overdue', label: "days overdue by the customer's own rhythm", unit: 'days' },
  { id: 'promotion_share', label: 'chance that the next order uses a discount', unit: 'share' },
  { id: 'favourite_category', label: 'favourite category', unit: 'text' },
  { id: 'favourite_category_share', label: 'share of the favourite category to be expected', unit: 'share' },
  { id: 'replenish_product', label: 'product due to be bought again', unit: 'text' },
  { id: 'replenish_in', label: 'days until that product is due', unit: 'days' },
] as const satisfies readonly Score[];

export type ScoreId = (typeof scores)[number]['id'];

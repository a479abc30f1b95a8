/**
 * A rule over recent events, watched as they arrive: "viewed outerwear three times in seven days". A customer is in while
 * all conditions hold, and at least one of them asks for something that happened.
 */
export interface Trigger {
  /** Short and sayable, from the hash of the rule: "t-3f9c21d0". */
  id: string;
  name: string;
  rule: TriggerRule;
  /** ISO time. */
  createdAt: string;
  createdBy: string;
}

export interface TriggerRule {
  all: TriggerCondition[];
}

/**
 * So many events of a type within the last days. An event counts from its own moment until, and not at, the moment
 * `withinDays` later, so that moments of entering and leaving are exact however finely time is told.
 *
 * "Order Completed" is also met by orders, and counts days with one: an order that came as an event and as a row, or was
 * split in two, is one occasion here as elsewhere.
 */
export interface TriggerCondition {
  type: string;
  category?: string;
  /** Of the product, as events name it. */
  sku?: string;
  withinDays: number;
  /** Exactly one of the two. `atMost: 0` says that it did not happen. */
  atLeast?: number;
  atMost?: number;
}

/** In lower case. */
export const orderType = 'order completed';

export const millisecondsPerDay = 86_400_000;

/** Who was in is told from so many days before a trigger was made, so that a new one shows how often it would have met. */
const daysToldBefore = 30;

/** Milliseconds since 1970 from which on the members of a trigger are told; who was in then entered then. */
export function toldSince({ createdAt }: Pick<Trigger, 'createdAt'>): number {
  return Date.parse(createdAt) - daysToldBefore * millisecondsPerDay;
}

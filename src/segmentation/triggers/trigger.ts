/**
 * A rule over recent events, watched as they arrive: "viewed outerwear three times in seven days". A customer is in while
 * all conditions hold, and at least one of them asks for something that happened.
 */
export interface Trigger {
  /** Short and sayable, from the hash of the rule: "t-3f9c21d0". */
  id: string;
  name: string;
  rule: TriggerRule;
  createdAt: string;
  createdBy: string;
}

export interface TriggerRule {
  all: TriggerCondition[];
}

/** So many events of a type within the last days, counted back from now; each bound included. */
export interface TriggerCondition {
  type: string;
  category?: string;
  product?: string;
  withinDays: number;
  /** Exactly one of the two. `atMost: 0` says that it did not happen. */
  atLeast?: number;
  atMost?: number;
}

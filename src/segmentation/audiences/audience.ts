import type { Filter } from './filter/filter.ts';

/** A saved set of customers: by what they are found, never their ids. Surfaces pass its handle. */
export interface Audience {
  /** Short and sayable, from the hash of the filter: the same question has the same handle. "a-3f9c21d0" */
  handle: string;
  /** What a person called it; otherwise what the filter says, in words. */
  name: string;
  filter: Filter;
  createdAt: string;
  createdBy: string;
}

/** An audience as of the date on which the segments stand. Money is in the shop's currency. */
export interface AudienceFigures {
  asOf: string;
  /** ISO code; null where the shop has none or several. */
  currency: string | null;
  customers: number;
  /** All that there are. */
  buyers: number;
  /** Of all buyers, 0..1. */
  share: number;
  /** After returns: over the whole history and over the last 365 days. */
  revenue: number;
  revenueLastYear: number;
  /** Sums of scores; null where the shop has none. */
  expectedOrders90: number | null;
  lifetimeValue: number | null;
  valueAtRisk: number | null;
  /** What sets its members apart from all others, strongest first. */
  traits: AudienceTrait[];
  /** Which segments they stand in, largest first; `set-aside` among them. `of`: how many stand there altogether. */
  segments: { key: string; name: string; customers: number; of: number }[];
  /** What each clause of the outermost `all` did, in its order; one entry for any other filter. */
  clauses: ClauseEffect[];
}

export interface AudienceTrait {
  field: string;
  label: string;
  direction: 'above' | 'below';
  /** As written in text: "24 days", "£48.20", "62 %"; of the members, and of all. */
  value: string;
  overall: string;
}

export interface ClauseEffect {
  clause: Filter;
  /** In words: "churn probability below 60 %". */
  says: string;
  /** Who meets it alone. */
  meets: number;
  /** Who was left before it, and who it dropped of those. */
  before: number;
  dropped: number;
  /** Who would be in the audience without it. */
  without: number;
}

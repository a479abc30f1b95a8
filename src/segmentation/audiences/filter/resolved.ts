import type { AsOf } from '../../../features/as-of.ts';
import type { Field } from './fields.ts';
import type { Filter } from './filter.ts';

/** A filter whose names were found in the shop. */
export interface ResolvedFilter {
  /** As asked, with keys in place of names: what is kept, and hashed into a handle. */
  filter: Filter;
  root: ResolvedNode;
}

export type ResolvedNode =
  | { kind: 'all' | 'any'; of: ResolvedNode[] }
  | { kind: 'not'; of: ResolvedNode }
  | ResolvedClause;

export type ResolvedClause =
  | NumberClause
  | TextClause
  | YesNoClause
  | KnownClause
  | SegmentClause
  | MovedClause
  | OrdersClause
  | EventsClause;

export interface Range {
  atLeast?: number;
  atMost?: number;
  above?: number;
  below?: number;
}

/** Met by who has a value within the range. */
interface NumberClause {
  kind: 'number';
  field: Field;
  range: Range;
}

/** Met by who has one of the words; with `except`, by who has a word that is none of them. */
interface TextClause {
  kind: 'text';
  field: Field;
  words: Words;
  except: boolean;
}

interface YesNoClause {
  kind: 'yes-no';
  field: Field;
  is: boolean;
}

/** Met by who has a value at all, or by who has none. */
interface KnownClause {
  kind: 'known';
  field: Field;
  known: boolean;
}

interface SegmentClause {
  kind: 'segment';
  keys: string[];
}

/** A change of segment at one of the dates. */
export interface MovedClause {
  kind: 'moved';
  from: string[] | null;
  to: string[] | null;
  /** Dates of refreshes at which moves count; a promotion changes segments, and nobody moves. */
  dates: AsOf[];
  period: Period | null;
}

export interface OrdersClause {
  kind: 'orders';
  count: Range | null;
  value: Range | null;
  category: Words | null;
  product: Words | null;
  channel: Words | null;
  coupon: Words | null;
  discounted: boolean | null;
  period: Period | null;
}

export interface EventsClause {
  kind: 'events';
  type: Words;
  count: Range | null;
  category: Words | null;
  product: Words | null;
  campaign: Words | null;
  period: Period | null;
}

/** Words as they are said, and the values of the column that they stand for, in whatever case these are written. */
export interface Words {
  said: string[];
  values: string[];
}

/** From a day until before another, as asked for and as days of the calendar. */
export interface Period {
  within: number | null;
  /** First day; null from the beginning on. */
  since: AsOf | null;
  /** The day after the last one; null until the as-of date. */
  until: AsOf | null;
}

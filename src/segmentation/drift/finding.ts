/**
 * `alert`: somebody should look today; `watch`: it may become one; `note`: it is explained (a calendar effect, a source
 * that stopped) or good to know.
 */
export type Severity = 'alert' | 'watch' | 'note';

export type FindingKind =
  /** A source, or a kind of row of it, stopped arriving or nearly so. */
  | 'feed-stopped'
  /** A category, channel or the like that was hardly there before. */
  | 'new-category'
  | 'new-channel'
  /** The same products cost more, or less, than before. */
  | 'price'
  /** A feature is distributed otherwise than in training. */
  | 'feature'
  /** A feature is missing more often than in training. */
  | 'missing'
  | 'size'
  | 'centroid'
  | 'cohesion'
  /** Two segments came closer. */
  | 'converging'
  /** A dense group among the customers that no segment fits. */
  | 'emerging'
  /** A segment brings in less per customer, or orders less. */
  | 'hollowing';

/** One measured change, with the sentence that a marketing lead would want. */
export interface Finding {
  kind: FindingKind;
  severity: Severity;
  /** What it is about: a feature id, a segment key, a table and type of row, a term from the data (fenced in texts). */
  subject: string;
  /** In plain words, with its numbers. */
  sentence: string;
  measure: { name: string; value: number; threshold: number };
  /** What explains it where it is no alert for that reason. */
  explainedBy: 'calendar' | 'feed' | 'ageing' | null;
  /** As-of date of the first of the unbroken row of refreshes that had it. */
  since: string;
}

/** Why members of an audience may be handed to a destination, as a person stated it. */
export interface SyncBasis {
  lawfulBasis: 'consent' | 'legitimate-interest';
  /** What a legitimate interest consists in; blank for consent. */
  interest: string;
}

/** What a run changes, exactly; sums to the members of the audience and those there before. */
export interface PlanCounts {
  /** Members of the audience as of the date, before anybody is left out. */
  members: number;
  adds: number;
  /** Members already there whose properties change. */
  updates: number;
  removes: number;
  unchanged: number;
  holdout: number;
  /** Members who are not sent, by reason ("no consent for e-mail"). */
  suppressed: readonly { reason: string; customers: number }[];
  /** Whether the destination told who is in it; where not, the difference is against what Kindred sent last. */
  against: 'destination' | 'last sent';
}

/**
 * What is asked of a segment before a name may be used, so that the name is true of its numbers.
 * `difference` is standardised; `mean` and `median` are in the feature's unit. A gate on an absent feature fails.
 */
export interface Gate {
  feature: string;
  of: 'mean' | 'median' | 'difference';
  atLeast?: number;
  atMost?: number;
}

/**
 * Follows "Customers who"; {feature_id} becomes its typical value. `when` ("+id" or "-id") asks for a value clearly
 * above or below that of all customers; a clause whose features are absent is left out.
 */
export interface Clause {
  text: string;
  when?: `${'+' | '-'}${string}`;
}

/** What to do about a segment, what not, and what to call its list where others read it. */
export interface Advice {
  action: string;
  avoid: string;
  /** See `Persona.neutralName`: named after what the list is sent, never after who is on it. */
  neutralName: string;
}

export interface PersonaTemplate extends Advice {
  id: string;
  name: string;
  /** The first has no condition and no number, so that a sentence always stands. */
  clauses: readonly Clause[];
  /** Wanted direction and weight by feature id, where the name speaks of certain features. */
  wants?: Readonly<Record<string, number>>;
}

export interface Archetype extends PersonaTemplate {
  wants: Readonly<Record<string, number>>;
  /** Each group must have at least one gate that holds. */
  gates: readonly (readonly Gate[])[];
}

export const least = (feature: string, of: Gate['of'], atLeast: number): Gate => ({ feature, of, atLeast });
export const most = (feature: string, of: Gate['of'], atMost: number): Gate => ({ feature, of, atMost });

export const stillBuying = most('overdue_ratio', 'median', 1.8);
export const longOverdue = least('overdue_ratio', 'median', 1.8);
/** Whoever has been here for less cannot have shown a season. */
export const seenMostOfAYear = least('tenure', 'median', 270);
export const longAbsent = least('recency', 'median', 60);

import type { Described } from '../../../src/agent/checks/check.ts';
import type { CheckId } from '../../../src/agent/checks/persona-checks.ts';
import type { PersonaDraft } from '../../../src/agent/tasks/naming/draft.ts';

/** A way to spoil a good persona, and the metric that must notice. */
export interface Fault {
  id: string;
  metric: CheckId | 'blindMatching';
  /** The spoilt draft; null where this persona has nothing that could be spoilt so. */
  spoil(good: Described, others: readonly Described[]): PersonaDraft | null;
}

/** Adds a sentence to the paragraph. */
export const saying =
  (sentence: string): Fault['spoil'] =>
  ({ draft }) => ({ ...draft, paragraph: `${draft.paragraph} ${sentence}` });

export const named =
  (name: string): Fault['spoil'] =>
  ({ draft }) => ({ ...draft, name });

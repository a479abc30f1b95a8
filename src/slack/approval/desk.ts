import { createTurns, type Turns } from '../../turns.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';

/** A decision that somebody confirmed, as long as it is being carried out. */
export interface UnderWay {
  person: Person;
  decision: 'approve' | 'reject';
}

/** What this process knows of proposals beside the state. Lost with it: cards are then drawn from the state alone. */
export interface Desk {
  slack: SlackContext;
  /** By the id of the proposal: whoever comes second is told, and nobody waits for a minute to hear it. */
  underWay: Map<string, UnderWay>;
  /** Why the last decision could not be carried out, as long as the proposal stays open. */
  problems: Map<string, string>;
  /** Ids of proposals that were laid before the channel of approvals. */
  posted: Set<string>;
  /** Whether what an earlier process left half done was looked for. */
  hasLooked: boolean;
  /** One card is drawn after the other, so that no older one comes to lie upon a newer. */
  drawing: Turns;
}

export const createDesk = (slack: SlackContext): Desk => ({
  slack,
  underWay: new Map(),
  problems: new Map(),
  posted: new Set(),
  hasLooked: false,
  drawing: createTurns(),
});

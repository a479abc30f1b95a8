import type { OutboxBatch } from '../../state/outbox-rows.ts';
import type { Settled } from '../../state/outbox-settle.ts';
import type { Outcome } from '../destination.ts';
import { memberPause, withoutPeople } from './failure.ts';

/**
 * What is written down of the outcomes of a call, one for each change. Of whom a destination says nothing nothing is known:
 * they are tried again.
 */
export function settledBy(
  changes: OutboxBatch['changes'],
  outcomes: readonly Outcome[],
  now: Date,
): Settled[] {
  const told = new Map(outcomes.map(outcome => [outcome.profileId, outcome]));
  return changes.map(({ id, profileId, attempts }): Settled => {
    const outcome = told.get(profileId) ?? { kind: 'again', reason: 'the destination said nothing of them' };
    if (outcome.kind === 'done') return { id, kind: 'done', key: outcome.key };
    const reason = withoutPeople(outcome.reason);
    if (outcome.kind === 'refused') return { id, kind: 'refused', reason };
    const pause = memberPause(attempts);
    if (pause === null) return { id, kind: 'refused', reason: `given up after ${attempts} tries: ${reason}` };
    return { id, kind: 'again', reason, notBefore: new Date(now.getTime() + pause * 1000).toISOString() };
  });
}

export const refusedAll = ({ changes }: OutboxBatch, reason: string): Settled[] =>
  changes.map(({ id }) => ({ id, kind: 'refused', reason: withoutPeople(reason) }));

import type { RefreshRecord } from '../../segmentation/refresh/record.ts';

/** Whoever connects Slack, or a server that was away, is not told what happened before. */
const freshDays = 3;

/** What of the latest record is told: the subject of its digest, or why none is sent. */
export type News = { subject: string } | { none: string };

/**
 * A refresh, and a change of the standing segments by a promotion or a rollback: who reads the digest would go on with
 * segments that are no more. No fit: who makes one sits before it and often tries another, and the next refresh tells. A
 * refresh that is computed again is the same news, whatever comes of it.
 */
export function newsOf(record: RefreshRecord | undefined, now: Date): News {
  if (!record) return { none: 'There are no segments yet.' };
  if (record.kind === 'fit')
    return { none: 'The segments were only just found: the digest comes with the first refresh.' };
  if (isOld(record.createdAt, now))
    return { none: `What happened last is more than ${freshDays} days old: the next refresh is told again.` };
  const { kind, asOf, createdAt } = record;
  return { subject: kind === 'refresh' ? `refresh-${asOf}` : `${kind}-${createdAt}` };
}

export const isOld = (at: string, now: Date) => now.getTime() - Date.parse(at) > freshDays * 86_400_000;

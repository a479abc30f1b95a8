import { permissionSql } from '../../segmentation/consent/permission.ts';
import { literal } from '../../warehouse/port.ts';
import type { ActivationContext } from '../context.ts';
import type { Destination } from '../destination.ts';
import type { Sync } from '../sync.ts';

/**
 * Looks once more, right before a call, at who may not be sent: people may have objected, withdrawn their consent, been
 * erased or been joined with somebody held out since the plan was made.
 *
 * @returns why, by profile
 */
export async function whoMayNot(
  { warehouse, state, turns }: Pick<ActivationContext, 'warehouse' | 'state' | 'turns'>,
  { id, basis }: Pick<Sync, 'id' | 'basis'>,
  { channel }: Pick<Destination, 'channel'>,
  profileIds: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const named = profileIds.map(profileId => `(${literal(profileId)})`).join(', ');
  const people = await turns.take(
    'looking at permissions',
    async () =>
      (await warehouse()).query<{ named: string; now: string | null; reason: string | null }>(
        `SELECT v.named AS "named", i.profile_id AS "now", r.reason AS "reason"
FROM (VALUES ${named}) AS v (named)
LEFT JOIN identities AS i ON i.source || '/' || i.source_id = v.named
LEFT JOIN (${permissionSql({ channel, basis: basis.lawfulBasis })}) AS r ON r.profile_id = i.profile_id`,
      ),
    signal,
  );
  const { syncMembers } = await state();
  const both = people.flatMap(({ named, now }) => (now === null || now === named ? [named] : [named, now]));
  const arms = await syncMembers.arms(id, both);
  const refused = new Map<string, string>();
  for (const { named, now, reason } of people) {
    if (now === null) refused.set(named, 'not known any more');
    else if (reason !== null) refused.set(named, reason);
    else if ([named, now].some(profileId => arms.get(profileId) === 'holdout'))
      refused.set(named, 'held out');
  }
  return refused;
}

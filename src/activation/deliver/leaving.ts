import type { State } from '../../state/state.ts';
import type { Destination, KnownMember } from '../destination.ts';
import { segmentPropertyOf } from '../plan/reach.ts';
import type { Sync } from '../sync.ts';

/**
 * Audiences of one connection share the property with the segment's name. Whoever leaves one of them and is in another by the
 * ledger keeps it: otherwise the other would have to write it anew, and knows of no reason to.
 */
export async function leaving(
  { syncs, syncMembers }: Pick<State, 'syncs' | 'syncMembers'>,
  { id, connection, target }: Pick<Sync, 'id' | 'connection' | 'target'>,
  destination: Pick<Destination, 'channel'>,
  members: readonly KnownMember[],
): Promise<readonly KnownMember[]> {
  const property = segmentPropertyOf(destination, target);
  if (property === null) return members;
  const keys = members.map(({ key }) => key);
  const kept = new Set<string>();
  for (const other of await syncs.list()) {
    if (other.id === id || other.connection !== connection) continue;
    if (segmentPropertyOf(destination, other.target) !== property) continue;
    for (const { key } of await syncMembers.byKeys(other.id, keys)) kept.add(key);
  }
  return members.map(member => (kept.has(member.key) ? { ...member, keepsProperty: true } : member));
}

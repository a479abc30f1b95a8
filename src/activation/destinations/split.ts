import type { Member, Outcome } from '../destination.ts';

/** Members whom the destination can know, with their keys, and the outcome of the others. */
export function split(
  members: readonly Member[],
  keyOf: (member: Member) => { key: string } | { cannot: string },
): { able: { member: Member; key: string }[]; refused: Outcome[] } {
  const able: { member: Member; key: string }[] = [];
  const refused: Outcome[] = [];
  for (const member of members) {
    const found = keyOf(member);
    if ('key' in found) able.push({ member, key: found.key });
    else refused.push({ profileId: member.profileId, kind: 'refused', reason: found.cannot });
  }
  return { able, refused };
}

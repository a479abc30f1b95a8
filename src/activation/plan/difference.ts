import { isDeepStrictEqual } from 'node:util';
import type { State } from '../../state/state.ts';
import type { Connection } from '../../vendors/vendor.ts';
import type { Destination, Member } from '../destination.ts';
import { holdoutArm } from '../holdout.ts';
import type { LedgerEntry, PlannedChange, Sync } from '../sync.ts';
import type { Person } from './people.ts';
import type { Tally } from './tally.ts';

export interface DifferenceContext {
  state: Pick<State, 'syncMembers'>;
  sync: Sync;
  destination: Destination;
  connection: Connection;
  /** Keys of all who are there; null where the destination does not tell. */
  there: ReadonlySet<string> | null;
  tally: Tally;
}

export interface Difference {
  /** What is to change of these people. */
  of(people: readonly Person[]): Promise<PlannedChange[]>;
  /** After all members: who has to go, some at a time. Nobody whom Kindred did not add. */
  leaving(): AsyncIterable<PlannedChange[]>;
}

const page = 5000;

/**
 * The difference between an audience and its destination. Each member is exactly one of: suppressed, held out, added,
 * updated, unchanged. Somebody who was there before Kindred came is in neither arm, since nobody can hold them out.
 */
export function differenceOf(context: DifferenceContext): Difference {
  const { state, sync, tally } = context;
  /** Keys of members: of several profiles with one address the first is the member. */
  const taken = new Set<string>();
  /** Keys that are to be there, and profiles that stay by the key by which they are there. */
  const kept = new Set<string>();
  const staying = new Set<string>();
  return {
    async of(people) {
      const able = people.flatMap(person => {
        const key = keyOf(context, person, taken);
        if (key !== null) return [{ ...person, key }];
        return [];
      });
      const ids = able.map(({ member }) => member.profileId);
      const ledger = byProfile(await state.syncMembers.of(sync.id, ids));
      const arms = await state.syncMembers.arms(sync.id, ids);
      const keys = able.map(({ key }) => key);
      const holders = new Map<string, LedgerEntry>();
      for (const entry of await state.syncMembers.byKeys(sync.id, keys))
        if (entry.added === 'by kindred') holders.set(entry.key, entry);
      return able.flatMap(({ member, key, segment }): PlannedChange[] => {
        const { profileId } = member;
        const entry = ledger.get(profileId);
        const mine = entry?.added === 'by kindred' ? entry : undefined;
        const holder = holders.get(key);
        const isThere = context.there ? context.there.has(key) : mine?.key === key && mine.sentAt !== null;
        const found = isThere && mine?.key !== key && holder === undefined;
        const arm =
          arms.get(profileId) ?? (found ? null : holdoutArm(sync.holdoutKey, profileId, sync.holdout));
        if (arm === 'holdout') {
          tally.count('holdout');
          return [{ profileId, action: 'hold', segment, member: null }];
        }
        kept.add(key);
        if (mine?.key === key) staying.add(profileId);
        if (!isThere || (mine?.key !== key && !found)) {
          tally.count('adds');
          return [{ profileId, action: 'add', segment, member }];
        }
        if (isDeepStrictEqual(told(entry), member.properties)) {
          tally.count('unchanged');
          return [];
        }
        tally.count('updates');
        return [{ profileId, action: 'update', segment: null, member }];
      });
    },
    async *leaving() {
      for (let after = ''; ; ) {
        const entries = await state.syncMembers.page(sync.id, after, page);
        const last = entries.at(-1);
        if (!last) return;
        after = last.profileId;
        const changes: PlannedChange[] = [];
        for (const { profileId, key, added } of entries) {
          if (added !== 'by kindred') continue;
          if (staying.has(profileId) || kept.has(key)) tally.stays();
          else {
            tally.count('removes');
            changes.push({ profileId, action: 'remove', segment: null, member: { key } });
          }
        }
        yield changes;
      }
    },
  };
}

/** null, and told in the tally, where they cannot be sent. */
function keyOf(
  { destination, connection, tally }: DifferenceContext,
  { member, reason }: Person,
  taken: Set<string>,
): string | null {
  if (reason !== null) {
    tally.suppress(reason);
    return null;
  }
  const found = destination.keyOf(connection, member);
  if ('cannot' in found) {
    tally.suppress(found.cannot);
    return null;
  }
  if (taken.has(found.key)) {
    tally.suppress('the same address as another member');
    return null;
  }
  taken.add(found.key);
  return found.key;
}

const told = (entry: LedgerEntry | undefined): Member['properties'] => entry?.properties ?? {};

function byProfile<Entry extends { profileId: string }>(entries: readonly Entry[]): Map<string, Entry> {
  return new Map(entries.map(entry => [entry.profileId, entry]));
}

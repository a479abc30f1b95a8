import { InputError } from '../../errors.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Assignment, Sync } from '../sync.ts';

export interface Stores {
  warehouse: Warehouse;
  state: State;
}

/** Something whose effect can be measured: an audience that is kept somewhere, with customers held out of it. */
export interface Campaign {
  sync: Sync;
  /** Of the audience. */
  name: string;
  /** As events name it, when it was first sent, and to which profiles; null where the sync itself is the campaign. */
  sent: { id: string; at: string; recipients: ReadonlySet<string> } | null;
  assigned: Assignment[];
}

/** Syncs that were sent at some time, newest first, with what people call them. */
export async function measurable({ state }: Pick<Stores, 'state'>): Promise<{ sync: Sync; name: string }[]> {
  const found: { sync: Sync; name: string }[] = [];
  for (const sync of await state.syncs.list())
    if (sync.status !== 'waiting') found.push({ sync, name: await nameOf(state, sync) });
  return found;
}

/**
 * @param asked a sync ("s-3"), the handle or name of its audience, or a campaign as events name it; the only one there is
 *   where left out
 * @throws InputError where there is none such, or several
 */
export async function findCampaign(
  { warehouse, state }: Stores,
  { asked, sync: among, asOf }: { asked: string | undefined; sync?: string | undefined; asOf: string },
): Promise<Campaign> {
  const all = await measurable({ state });
  const known = all.filter(({ sync }) => among === undefined || sync.id === among);
  if (known.length === 0)
    throw new InputError(
      among === undefined
        ? 'No audience was sent anywhere yet.'
        : `There is no sync "${among}" that was sent.`,
      among === undefined
        ? 'Lift is measured against customers who are held out of a sync: `kindred sync plan` makes one.'
        : `There are: ${choices(all)}.`,
    );
  const word = asked?.trim().toLowerCase();
  const matching =
    word === undefined
      ? known
      : known.filter(({ sync, name }) => [sync.id, sync.audience, name.toLowerCase()].includes(word));
  if (matching.length === 1) {
    const [{ sync, name }] = matching as [(typeof matching)[number]];
    return { sync, name, sent: null, assigned: await state.syncMembers.assignments(sync.id) };
  }
  if (matching.length > 1)
    throw new InputError(
      word === undefined ? 'Several campaigns can be measured.' : `"${asked}" is sent to several places.`,
      `Name one: ${choices(matching)}.`,
    );
  return sentCampaign({ warehouse, state }, asked!, known, asOf);
}

/** A campaign that was sent to the customers of a sync, told by its events. */
async function sentCampaign(
  { warehouse, state }: Stores,
  id: string,
  known: readonly { sync: Sync; name: string }[],
  asOf: string,
): Promise<Campaign> {
  const recipients = await warehouse.query<{ profile_id: string; at: string }>(
    `SELECT profile_id, min(occurred_at) AS at FROM events
WHERE campaign_id = $1 AND profile_id IS NOT NULL AND type LIKE 'Email%' AND occurred_at < CAST($2 AS TIMESTAMP)
GROUP BY profile_id`,
    [id, `${asOf} 00:00:00`],
  );
  if (recipients.length === 0)
    throw new InputError(
      `There is no campaign "${id.slice(0, 60)}".`,
      `Name a sync, an audience, or a campaign as the e-mail events name it. Syncs: ${choices(known)}.`,
    );
  const at = recipients.reduce(
    (first, recipient) => (recipient.at < first ? recipient.at : first),
    recipients[0]!.at,
  );
  const profiles: ReadonlySet<string> = new Set(recipients.map(recipient => recipient.profile_id));
  const reached: (Campaign & { share: number })[] = [];
  for (const { sync, name } of known) {
    const assigned = (await state.syncMembers.assignments(sync.id)).filter(
      one => one.assignedAt <= instant(at),
    );
    const treated = assigned.filter(({ arm }) => arm === 'treated');
    const share =
      treated.filter(({ profileId }) => profiles.has(profileId)).length / Math.max(1, treated.length);
    if (share >= MOSTLY)
      reached.push({ sync, name, sent: { id, at: instant(at), recipients: profiles }, assigned, share });
  }
  if (reached.length === 1) return reached[0]!;
  throw new InputError(
    reached.length === 0
      ? `The campaign "${id.slice(0, 60)}" did not go to an audience of which customers are held out.`
      : `The campaign "${id.slice(0, 60)}" went to the customers of several syncs.`,
    `Name one with --sync: ${choices(reached.length === 0 ? known : reached)}.`,
  );
}

/** Not every one of an audience is reached: addresses bounce. */
const MOSTLY = 0.5;

/** The warehouse tells moments without their zone, which is UTC. */
const instant = (at: string) => new Date(/Z$/.test(at) ? at : `${at.replace(' ', 'T')}Z`).toISOString();

const choices = (campaigns: readonly { sync: Sync; name: string }[]) =>
  campaigns
    .slice(0, 8)
    .map(({ sync, name }) => `${sync.id} (${name}, ${sync.connection})`)
    .join(', ');

async function nameOf(state: State, { audience }: Sync): Promise<string> {
  return (await state.audiences.byId(audience))?.name ?? audience;
}

import type { ActivationContext } from '../activation/context.ts';
import type { Target } from '../activation/destination.ts';
import type { State } from '../state/state.ts';
import type { Person } from './person.ts';

/** A tool that is told of somebody's wish: by what it knows them, and where Kindred put them. */
export interface TellOf {
  connection: string;
  keys: string[];
  targets: Target[];
}

/** Tools that Kindred may have told of a person; with `wholly` every destination that there is. */
export async function whoWasTold(
  state: Pick<State, 'syncMembers' | 'connections'>,
  { profileId, ids }: Person,
  wholly: boolean,
): Promise<TellOf[]> {
  const profileIds = [...ids.map(({ source, id }) => `${source}/${id}`), ...(profileId ? [profileId] : [])];
  const there = await state.syncMembers.ofPeople([...new Set(profileIds)]);
  const byName = new Map<string, TellOf>();
  if (wholly)
    for (const { name } of await state.connections.list())
      byName.set(name, { connection: name, keys: [], targets: [] });
  for (const { connection, key, target } of there) {
    const known = byName.get(connection) ?? { connection, keys: [], targets: [] };
    byName.set(connection, known);
    if (!known.keys.includes(key)) known.keys.push(key);
    if (!known.targets.some(other => JSON.stringify(other) === JSON.stringify(target)))
      known.targets.push(target);
  }
  return [...byName.values()].sort((a, b) => (a.connection < b.connection ? -1 : 1));
}

/** Asks each tool; one that does not answer, or refuses the credentials, is pending, and keeps no other from being asked. */
export async function forgetAtDestinations(
  context: Pick<ActivationContext, 'destinationOf' | 'connectionOf' | 'platform'>,
  tell: readonly TellOf[],
  { emails, phones }: Person,
  wholly: boolean,
  signal: AbortSignal,
): Promise<{ told: Record<string, string>; pending: string[] }> {
  const told: Record<string, string> = {};
  const pending: string[] = [];
  for (const { connection: name, keys, targets } of tell) {
    try {
      const connection = await context.connectionOf(name);
      const destination = context.destinationOf(connection.vendor);
      if (!destination) continue;
      const phone = phones.find(one => one.phone.startsWith('+'))?.phone ?? null;
      const said: string[] = [];
      // Somebody with several addresses may be known by any of them.
      for (const email of emails.length > 0 ? emails : [null])
        said.push(
          await destination.erase(
            connection,
            { email, phone, keys, targets },
            wholly,
            context.platform(signal),
          ),
        );
      told[name] = [...new Set(said)].join('; ');
    } catch (error) {
      // Whatever went wrong there, the wish stands; what is tried again each day is told again each day.
      if (signal.aborted) throw error;
      pending.push(name);
    }
  }
  return { told, pending };
}

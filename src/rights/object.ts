import { withdraw } from '../activation/withdraw.ts';
import type { App } from '../app.ts';
import { InputError } from '../errors.ts';
import { consentWords } from '../governance/consent-words.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { findPerson, type Person, type PersonAsked } from './person.ts';

export interface ObjectionRequest extends PersonAsked {
  to: 'profiling' | 'marketing';
  /** The person takes the objection back. */
  withdrawn: boolean;
  by: string;
}

const purposes = {
  profiling: consentWords.purposes.profiling[0],
  marketing: consentWords.purposes['direct marketing'][0],
} as const;

/**
 * Notes what somebody says to profiling or to direct marketing, and takes who objects out of all destinations at once. Who
 * objects to profiling has no place in models from the next refresh on. Taken back, it makes no consent: what they said
 * before about e-mail or advertising counts again.
 */
export async function object(
  app: Pick<App, 'warehouse' | 'state' | 'now'>,
  { to, withdrawn, by, ...asked }: ObjectionRequest,
): Promise<{ ids: number; removals: number; dropped: number }> {
  const warehouse = await app.warehouse();
  const person = await findPerson(warehouse, asked);
  if (person.profileId === null)
    throw new InputError(
      'Nobody is known by that.',
      'Look at how the address or the id is written in your shop; it may also not be imported yet.',
    );
  const at = app.now();
  await warehouse.transaction(tx => state(tx, person, purposes[to], withdrawn, at));
  const reason = to === 'profiling' ? 'objected to profiling' : 'objected to direct marketing';
  const profileIds = [
    ...new Set([person.profileId, ...person.ids.map(({ source, id }) => `${source}/${id}`)]),
  ];
  const taken = withdrawn ? { removals: 0, dropped: 0 } : await withdraw(app, profileIds, { by, reason });
  await (await app.state()).audit.append({
    at: at.toISOString(),
    actor: by,
    action: withdrawn ? 'objection.withdrawn' : 'objection.stated',
    subject: purposes[to],
    details: {},
  });
  return { ids: person.ids.length, ...taken };
}

/** A statement for each id of the person, so that it stays with all of them whoever they are joined to later. */
async function state(
  tx: Warehouse,
  { ids, profileId }: Person,
  purpose: string,
  withdrawn: boolean,
  at: Date,
): Promise<void> {
  const moment = at.toISOString().replace('T', ' ').replace('Z', '');
  const said = withdrawn ? 'no objection' : 'objected';
  const all = <T>(value: T) => ids.map(() => value);
  await tx.append('consents', {
    source: ids.map(({ source }) => source),
    consent_id: ids.map(({ id }) => `kindred ${purpose} ${moment} ${said} ${id}`),
    customer_id: ids.map(({ id }) => id),
    profile_id: all(profileId),
    channel: all(consentWords.channels.any[0]),
    purpose: all(purpose),
    state: all(said),
    stated_at: all(moment),
  });
  // Rows came: features of before are not those of now.
  await tx.append('imports', {
    import_id: [`objection ${moment} ${purpose} ${said}`],
    file: ['a statement to kindred'],
    format: ['kindred'],
    imported_at: [moment],
    rows_in: [ids.length],
    stored: [ids.length],
    rejected: [0],
    already_there: [0],
  });
}

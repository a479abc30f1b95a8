import type { Role } from '../access/roles.ts';
import type { SlackConfig } from '../config.ts';

/** Somebody in Slack who may ask Kindred something. */
export interface Person {
  /** Member ID: `U012AB3CD`. */
  id: string;
  /** For the audit. */
  actor: string;
  role: Role;
}

/** Who a member of the workspace is to Kindred; null where the configuration lets them do nothing. */
export function personOf(
  { people, others }: Pick<SlackConfig, 'people' | 'others'>,
  id: string,
): Person | null {
  const known = people.find(person => person.id === id);
  if (known) return { id, actor: known.name === '' ? id : `${known.name} (${id})`, role: known.role };
  return others === null ? null : { id, actor: id, role: others };
}

import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { type Role, roles } from '../access/roles.ts';

/** Somebody on this machine who may read the lock file of the data folder: they need no token of their own. */
export interface Owner {
  /** Who it is, for the audit. */
  actor: string;
  role: Role;
}

const named = { actor: 'x-kindred-actor', role: 'x-kindred-role' };

/** What a process shows to the server whose lock token it has read. */
export function ownerHeaders(token: string, { actor, role }: Owner): Record<string, string> {
  // A header holds no letters beyond Latin-1, and names do.
  return {
    authorization: `Bearer ${token}`,
    [named.actor]: encodeURIComponent(actor),
    [named.role]: role,
  };
}

const sent = z.object({
  actor: z
    .string()
    .max(900)
    .transform(decoded)
    .pipe(z.string().trim().min(1).max(100))
    .default('the owner of this machine'),
  role: z.enum(roles).default('approver'),
});

/** Reads them; undefined where they make no sense. Who owns the folder may do everything, and may ask for less. */
export function ownerOf(headers: IncomingHttpHeaders): Owner | undefined {
  return sent.safeParse({ actor: headers[named.actor], role: headers[named.role] }).data;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text).replaceAll(/\p{C}/gu, '');
  } catch {
    return '';
  }
}

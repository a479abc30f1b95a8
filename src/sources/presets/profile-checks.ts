import type { Check } from '../preset.ts';

const validEmail = "coalesce(email LIKE '%_@_%', false)";

/** For exports that know a profile by an id or by its e-mail. */
export const identified: Check = {
  when: `id IS NULL AND NOT ${validEmail}`,
  reason: 'no customer: neither an id nor an e-mail',
};

/** For exports that know a profile by its e-mail alone. */
export const reachable: Check = { when: `NOT ${validEmail}`, reason: '{email} is not an e-mail address' };

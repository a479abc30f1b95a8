import { createHmac, randomBytes } from 'node:crypto';

/** Of the members of an audience that is synced, the least and the most that may be held out. */
export const holdoutShares = { least: 0.05, most: 0.1 } as const;

/**
 * The secret by which the syncs of an audience choose: nobody who knows ids can tell who is held out, all tools hold out the
 * same, and no two audiences do.
 */
export const newHoldoutKey = () => randomBytes(32).toString('hex');

/**
 * Whether somebody is held out of an audience. It depends on the key and the profile alone, so it is the same at every refresh and
 * in every order.
 *
 * @param key hexadecimal
 * @param share of all profiles, 0..1
 */
export function holdoutArm(key: string, profileId: string, share: number): 'treated' | 'holdout' {
  const digest = createHmac('sha256', Buffer.from(key, 'hex')).update(profileId).digest();
  // 48 bits are exact in a double.
  return digest.readUIntBE(0, 6) / 2 ** 48 < share ? 'holdout' : 'treated';
}

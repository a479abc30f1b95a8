import { createHash } from 'node:crypto';
import { VendorRefusal } from '../../vendors/refusal.ts';
import type { Connection, Platform } from '../../vendors/vendor.ts';
import { postSigned } from '../../vendors/webhook.ts';
import type { Destination, Outcome, Target } from '../destination.ts';

/**
 * A receiver of the shop's own, for tools that Kindred does not know: JSON of type `members.added` (with what is known of
 * them), `members.removed` and `person.erased` (with profile ids). How a message is signed: see vendors/webhook.ts.
 */
export const webhook: Destination = {
  vendor: 'webhook',
  title: 'Signed webhook',
  channel: 'email',
  batch: 500,

  // The receiver makes its list when the first members come; the name is what it is known by.
  ensure: async (_connection, target) => ({ ...target, id: target.name }),

  keyOf: (_connection, { profileId }) => ({ key: profileId }),

  add(connection, target, members, id, platform) {
    const sent = members.map(({ profileId, email, phone, country, ids, properties }) => ({
      profile_id: profileId,
      email,
      phone,
      country,
      ids,
      properties,
    }));
    return told(connection, { id, type: 'members.added', target, sent }, platform);
  },

  remove(connection, target, members, id, platform) {
    const sent = members.map(({ key }) => ({ profile_id: key }));
    return told(connection, { id, type: 'members.removed', target, sent }, platform);
  },

  async erase(connection, { email, phone, keys, targets }, wholly, platform) {
    if (keys.length === 0 && !wholly) return 'Nothing was ever sent to the receiver of this webhook.';
    const id = createHash('sha256')
      .update(JSON.stringify([keys, email, phone, wholly]))
      .digest('hex');
    await postSigned(
      connection,
      `erase-${id}`,
      {
        type: 'person.erased',
        targets: targets.map(({ name }) => name),
        members: keys.map(key => ({ profile_id: key })),
        ...(wholly ? { wholly, email, phone } : {}),
      },
      platform,
    );
    return `The receiver of the webhook was told to forget them${wholly ? ' wholly' : ''}, and said that it has it.`;
  },
};

async function told(
  connection: Connection,
  {
    id,
    type,
    target,
    sent,
  }: { id: string; type: string; target: Target; sent: readonly { profile_id: string }[] },
  platform: Platform,
): Promise<Outcome[]> {
  const outcome = (profileId: string, refused: string | null): Outcome =>
    refused ? { profileId, kind: 'again', reason: refused } : { profileId, kind: 'done', key: profileId };
  try {
    await postSigned(connection, id, { type, target: target.name, members: sent }, platform);
    return sent.map(({ profile_id }) => outcome(profile_id, null));
  } catch (error) {
    // It may be mended by the shop, as a wrong secret is: whether it is worth another try is not for the receiver to say.
    if (!(error instanceof VendorRefusal)) throw error;
    return sent.map(({ profile_id }) => outcome(profile_id, `the receiver answered HTTP ${error.status}`));
  }
}

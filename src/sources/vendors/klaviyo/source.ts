import { klaviyoApi } from '../../../vendors/klaviyo-api.ts';
import type { Cursor, Source, Stream } from '../../pull/source.ts';
import { eventStream, orderStream } from './events.ts';
import { emailMetrics, placedOrders } from './metrics.ts';
import { type ProfileAttributes, profileRows } from './profiles.ts';

/** Klaviyo says only of later moments that they are later, and may take a while until a change is to be found. */
const overlap = 10 * 60_000;

const fields = 'email,phone_number,external_id,created,updated,location,subscriptions';

/** Profiles with their consents, by when they changed. */
const profiles: Stream = {
  name: 'profiles',
  title: 'profiles',
  async *pull(connection, cursor, platform) {
    const api = klaviyoApi(connection, platform);
    let since = typeof cursor?.updated === 'string' ? cursor.updated : null;
    const from = since === null ? null : new Date(Date.parse(since) - overlap).toISOString();
    const query = {
      ...(from === null ? {} : { filter: `greater-than(updated,${from})` }),
      sort: 'updated',
      'additional-fields[profile]': 'subscriptions',
      'fields[profile]': fields,
      'page[size]': 100,
    };
    for await (const page of api.pages<ProfileAttributes>({ kind: 'profiles', path: '/profiles', query })) {
      const last = page.at(-1)?.attributes.updated;
      const updated = last ? new Date(last).toISOString() : null;
      if (updated !== null && (since === null || updated > since)) since = updated;
      const stands: Cursor = since === null ? {} : { updated: since };
      yield { rows: profileRows(page), received: page.length, leftOut: [], cursor: stands };
    }
  },
};

export const klaviyoSource: Source = {
  vendor: 'klaviyo',
  streams: [profiles, ...emailMetrics.map(eventStream), orderStream(placedOrders)],
};

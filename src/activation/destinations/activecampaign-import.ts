import type { VendorHttp } from '../../vendors/http.ts';
import type { Platform } from '../../vendors/vendor.ts';
import type { Outcome } from '../destination.ts';

/** A contact as it is sent. */
export interface Tagged {
  profileId: string;
  email: string;
  values: readonly { id: string; value: string }[];
}

const pace = { name: 'import', limits: [{ requests: 100, perMs: 60_000 }] };
/** Of one request; ActiveCampaign takes less than 400,000. */
const mostBytes = 390_000;
const lookEveryMs = 3000;
const mostLooks = 200;

/** Imports contacts with a tag, and waits until ActiveCampaign has worked them in. */
export async function importContacts(
  api: VendorHttp,
  tag: string,
  contacts: readonly Tagged[],
  platform: Platform,
): Promise<Outcome[]> {
  const body = (part: readonly Tagged[]) => ({
    contacts: part.map(({ email, values }) => ({ email, tags: [tag], fields: values })),
  });
  if (contacts.length > 1 && Buffer.byteLength(JSON.stringify(body(contacts))) > mostBytes) {
    const half = Math.ceil(contacts.length / 2);
    return [
      ...(await importContacts(api, tag, contacts.slice(0, half), platform)),
      ...(await importContacts(api, tag, contacts.slice(half), platform)),
    ];
  }
  const { batchId } = (
    await api.send({
      method: 'POST',
      path: '/import/bulk_import',
      json: body(contacts),
      idempotent: true,
      pace,
    })
  ).json() as { batchId: string };
  const all = (kind: 'again', reason: string) =>
    contacts.map(({ profileId }): Outcome => ({ profileId, kind, reason }));
  for (let look = 0; look < mostLooks; look++) {
    await platform.sleep(lookEveryMs, platform.signal);
    // The status is false for a moment after the import was taken.
    const { status, failure = [] } = (
      await api.send({ path: '/import/info', query: { batchId } })
    ).json() as { status: string | false; failure?: readonly string[] };
    if (status === 'failed' || status === 'interrupted') return all('again', `the import was ${status}`);
    if (status !== 'completed') continue;
    const failed = new Set(failure.map(email => email.toLowerCase()));
    return contacts.map(
      ({ profileId, email }): Outcome =>
        failed.has(email)
          ? { profileId, kind: 'refused', reason: 'ActiveCampaign does not take the e-mail address' }
          : { profileId, kind: 'done', key: email },
    );
  }
  return all('again', 'the import was not worked in yet');
}

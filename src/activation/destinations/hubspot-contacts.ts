import { contactsPath, type HubspotApi, inBatches, mostRecords } from '../../vendors/hubspot-api.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';

export interface ContactRow {
  email: string;
  properties: Readonly<Record<string, string>>;
}

export type Upserted = { id: string } | { kind: 'again' | 'refused'; reason: string };

/**
 * Brings contacts up to date by their e-mail, or makes them, which subscribes them to nothing. HubSpot refuses all of a call
 * for one address that it does not take: then halves go by themselves.
 *
 * @param mend looks whether something is amiss that all of them need; true where it was, and is not any more
 */
export async function upsertContacts(
  api: HubspotApi,
  rows: readonly ContactRow[],
  mend: () => Promise<boolean>,
): Promise<Map<string, Upserted>> {
  const became = new Map<string, Upserted>();
  for (const some of inBatches(rows, mostRecords))
    try {
      await upsert(api, some, became);
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      if (await mend()) await apart(api, some, became);
      else await halves(api, some, error, became);
    }
  return became;
}

async function apart(
  api: HubspotApi,
  rows: readonly ContactRow[],
  became: Map<string, Upserted>,
): Promise<void> {
  try {
    await upsert(api, rows, became);
  } catch (error) {
    if (!isAboutRows(error)) throw error;
    await halves(api, rows, error, became);
  }
}

async function halves(
  api: HubspotApi,
  rows: readonly ContactRow[],
  refusal: VendorRefusal,
  became: Map<string, Upserted>,
): Promise<void> {
  const [only] = rows;
  if (rows.length === 1) return void became.set(only!.email, refused(refusal));
  const middle = Math.ceil(rows.length / 2);
  await apart(api, rows.slice(0, middle), became);
  await apart(api, rows.slice(middle), became);
}

async function upsert(
  api: HubspotApi,
  rows: readonly ContactRow[],
  became: Map<string, Upserted>,
): Promise<void> {
  const { results } = await api.json<{ results: readonly Result[] }>({
    method: 'POST',
    path: `${contactsPath}/batch/upsert`,
    idempotent: true,
    json: {
      inputs: rows.map(({ email, properties }, i) => ({
        id: email,
        idProperty: 'email',
        objectWriteTraceId: String(i),
        properties: { ...properties, email },
      })),
    },
  });
  for (const { email } of rows)
    became.set(email, { kind: 'again', reason: 'HubSpot did not tell what became of the contact' });
  for (const { id, objectWriteTraceId, properties } of results) {
    // A contact may be known by another address than its first.
    const email = rows[Number(objectWriteTraceId ?? Number.NaN)]?.email ?? properties.email?.toLowerCase();
    if (email !== undefined && became.has(email)) became.set(email, { id });
  }
}

interface Result {
  id: string;
  objectWriteTraceId?: string;
  properties: { email?: string | null };
}

/** Takes a property off contacts that carry it. Who is gone meanwhile carries nothing. */
export async function clearProperty(
  api: HubspotApi,
  ids: readonly string[],
  property: string,
): Promise<void> {
  for (const some of inBatches(ids, mostRecords))
    try {
      await api.send({
        method: 'POST',
        path: `${contactsPath}/batch/update`,
        idempotent: true,
        json: { inputs: some.map(id => ({ id, properties: { [property]: '' } })) },
      });
    } catch (error) {
      if (!isAboutRows(error)) throw error;
      if (some.length === 1) continue;
      const middle = Math.ceil(some.length / 2);
      await clearProperty(api, some.slice(0, middle), property);
      await clearProperty(api, some.slice(middle), property);
    }
}

const isAboutRows = (error: unknown): error is VendorRefusal =>
  error instanceof VendorRefusal && [400, 404, 409].includes(error.status);

function refused({ status, body }: VendorRefusal): Upserted {
  if (status === 409) return { kind: 'again', reason: 'HubSpot is changing the contact at the moment' };
  return {
    kind: 'refused',
    reason: /INVALID_EMAIL|email address .* is invalid/i.test(body)
      ? 'HubSpot does not take the e-mail address'
      : 'HubSpot refuses the contact',
  };
}

import type { VendorHttp } from '../../vendors/http.ts';
import type { Member } from '../destination.ts';

/** Ids of the contact fields that carry the properties, by their names; those that are missing are made. */
export async function fieldsFor(
  api: VendorHttp,
  properties: readonly Member['properties'][],
): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(properties.flatMap(Object.keys))].sort();
  if (wanted.length === 0) return new Map();
  const found = await fieldIds(api);
  for (const title of wanted.filter(name => !found.has(name))) {
    const { field } = (
      await api.send({ method: 'POST', path: '/fields', json: { field: { type: 'text', title } } })
    ).json() as { field: { id: string } };
    // Shown on the contacts of all lists.
    await api.send({
      method: 'POST',
      path: '/fieldRels',
      json: { fieldRel: { field: field.id, relid: 0 } },
      idempotent: true,
    });
    found.set(title, String(field.id));
  }
  return found;
}

/** Ids of the contact fields that there are, by their names. */
export async function fieldIds(api: VendorHttp): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (let offset = 0; ; offset += 100) {
    const { fields } = (await api.send({ path: '/fields', query: { limit: 100, offset } })).json() as {
      fields: readonly { id: string; title: string }[];
    };
    for (const { id, title } of fields) if (!found.has(title)) found.set(title, String(id));
    if (fields.length < 100) return found;
  }
}

export function fieldValues(
  fields: ReadonlyMap<string, string>,
  properties: Member['properties'],
): { id: string; value: string }[] {
  return Object.entries(properties).flatMap(([name, value]) => {
    const id = fields.get(name);
    return id === undefined ? [] : [{ id, value: value === null ? '' : String(value) }];
  });
}

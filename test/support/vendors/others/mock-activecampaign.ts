import { type MockHttp, mockHttp } from './mock-http.ts';

export interface MockActivecampaign extends MockHttp {
  contacts: Map<
    string,
    { email: string; tags: Set<string>; lists: Set<string>; values: Map<string, string> }
  >;
  tags: Map<string, string>;
  fields: Map<string, string>;
  imports: number;
}

interface Imported {
  contacts: { email: string; tags: string[]; fields: { id: string; value: string }[] }[];
}

/** ActiveCampaign's API v3 as far as contacts, tags and imports go. Imports take two looks until they are done. */
export async function mockActivecampaign(): Promise<MockActivecampaign> {
  const contacts: MockActivecampaign['contacts'] = new Map();
  const tags: MockActivecampaign['tags'] = new Map();
  const fields: MockActivecampaign['fields'] = new Map();
  const batches = new Map<string, { looks: number; body: Imported }>();
  let next = 1;
  const byEmail = (email: string) =>
    [...contacts].find(([, contact]) => contact.email === email.toLowerCase());
  const known = (
    email: string,
  ): [string, { email: string; tags: Set<string>; values: Map<string, string> }] => {
    const found = byEmail(email);
    if (found) return found;
    const made = {
      email: email.toLowerCase(),
      tags: new Set<string>(),
      lists: new Set<string>(),
      values: new Map(),
    };
    const id = String(next++);
    contacts.set(id, made);
    return [id, made];
  };
  const work = ({ contacts: all }: Imported) => {
    for (const { email, tags: names, fields: values } of all) {
      if (email.startsWith('bad')) continue;
      const [, contact] = known(email);
      for (const name of names) contact.tags.add([...tags].find(([, tag]) => tag === name)![0]);
      for (const { id, value } of values) contact.values.set(id, value);
    }
  };
  const told = ([id, { email }]: [string, { email: string }]) => ({ id, email });
  const http = await mockHttp(
    ({ method, path: whole, query, headers, text, json }) => {
      const path = whole.replace('/api/3', '');
      if (headers['api-token'] !== 'key') return { status: 403, json: {} };
      if (path === '/users/me') return { json: { user: { username: 'shop' } } };
      if (path === '/tags' && method === 'POST') {
        const id = String(next++);
        tags.set(id, (json as { tag: { tag: string } }).tag.tag);
        return { json: { tag: { id } } };
      }
      const offset = Number(query.get('offset') ?? 0);
      if (path === '/tags')
        return {
          json: {
            tags: [...tags]
              .filter(([, tag]) => tag.includes(query.get('search') ?? ''))
              .slice(offset, offset + 100)
              .map(([id, tag]) => ({ id, tag, tagType: 'contact' })),
          },
        };
      if (path === '/fields' && method === 'POST') {
        const id = String(next++);
        fields.set(id, (json as { field: { title: string } }).field.title);
        return { json: { field: { id } } };
      }
      if (path === '/fields') return { json: { fields: [...fields].map(([id, title]) => ({ id, title })) } };
      if (path === '/fieldRels') return { json: {} };
      if (path === '/contact/sync') {
        const { email, fieldValues } = (
          json as { contact: { email: string; fieldValues: { field: string; value: string }[] } }
        ).contact;
        if (email.startsWith('bad')) return { status: 422, json: {} };
        const found = known(email);
        for (const { field, value } of fieldValues) found[1].values.set(field, value);
        return { json: { contact: told(found) } };
      }
      if (path === '/contactTags') {
        const { contact, tag } = (json as { contactTag: { contact: string; tag: string } }).contactTag;
        contacts.get(contact)!.tags.add(tag);
        return { json: {} };
      }
      if (path === '/import/bulk_import') {
        const body = json as Imported;
        if (body.contacts.length > 250 || text.length >= 400_000) return { status: 400, json: {} };
        const batchId = `b${next++}`;
        batches.set(batchId, { looks: 0, body });
        return { json: { success: 1, batchId } };
      }
      if (path === '/import/info') {
        const batch = batches.get(query.get('batchId') ?? '')!;
        if (++batch.looks < 2) return { json: { status: batch.looks === 1 ? false : 'active' } };
        work(batch.body);
        const failure = batch.body.contacts
          .map(({ email }) => email)
          .filter(email => email.startsWith('bad'));
        return { json: { status: 'completed', success: [], failure } };
      }
      if (path === '/contacts') {
        const after = Number(query.get('id_greater') ?? 0);
        const tag = query.get('tagid');
        const email = query.get('email');
        const found = [...contacts].filter(
          ([id, contact]) =>
            Number(id) > after && (!tag || contact.tags.has(tag)) && (!email || contact.email === email),
        );
        return { json: { contacts: found.slice(0, Number(query.get('limit'))).map(told) } };
      }
      const [, id = ''] = /^\/contacts\/(\d+)/.exec(path) ?? [];
      if (path.endsWith('/contactTags'))
        return {
          json: {
            contactTags: [...contacts.get(id)!.tags].map(tag => ({
              id: String(Number(id) * 100_000 + Number(tag)),
              tag,
            })),
          },
        };
      if (method === 'PUT' && id) {
        const known = contacts.get(id);
        if (!known) return { status: 404, json: {} };
        const { fieldValues } = (json as { contact: { fieldValues: { field: string; value: string }[] } })
          .contact;
        for (const { field, value } of fieldValues) known.values.set(field, value);
        return { json: { contact: told([id, known]) } };
      }
      if (method === 'DELETE' && id) return contacts.delete(id) ? { json: {} } : { status: 404, json: {} };
      const [, link = ''] = /^\/contactTags\/(\d+)$/.exec(path) ?? [];
      const contact = String(Math.floor(Number(link) / 100_000));
      const tag = String(Number(link) % 100_000);
      return contacts.get(contact)?.tags.delete(tag) ? { json: {} } : { status: 404, json: {} };
    },
    ({ method, path }) => method !== 'GET' && !path.endsWith('/tags') && !path.endsWith('/fields'),
  );
  return {
    ...http,
    contacts,
    tags,
    fields,
    get imports() {
      return batches.size;
    },
  };
}

import { type MockHttp, mockHttp } from './mock-http.ts';

export interface MockCustomerio extends MockHttp {
  /** By e-mail address. */
  people: Map<string, Record<string, unknown>>;
  segments: Map<string, { name: string; type: string; members: Set<string> }>;
}

interface Entry {
  type: string;
  action: string;
  identifiers: { email: string };
  attributes: Record<string, unknown>;
}

/** Customer.io's Track and App APIs as far as manual segments go. */
export async function mockCustomerio(): Promise<MockCustomerio> {
  const people: MockCustomerio['people'] = new Map();
  const segments: MockCustomerio['segments'] = new Map();
  const track = `Basic ${Buffer.from('site:track').toString('base64')}`;
  let next = 5;
  const http = await mockHttp(
    ({ method, path, query, headers, json, text }) => {
      const ofTrack = path.startsWith('/api/');
      if (headers.authorization !== (ofTrack ? track : 'Bearer app')) return { status: 401, json: {} };
      if (path === '/api/v1/accounts/region') return { json: { data_center: 'eu' } };
      if (path === '/v1/segments' && method === 'POST') {
        const { segment } = json as { segment: { name: string } };
        const id = next++;
        segments.set(String(id), { name: segment.name, type: 'manual', members: new Set() });
        return { json: { segment: { id, name: segment.name, type: 'manual' } } };
      }
      if (path === '/v1/segments')
        return {
          json: { segments: [...segments].map(([id, { name, type }]) => ({ id: Number(id), name, type })) },
        };
      if (path === '/api/v2/batch') {
        if (text.length > 500_000) return { status: 400, json: {} };
        const { batch } = json as { batch: Entry[] };
        const errors: object[] = [];
        batch.forEach(({ identifiers: { email }, attributes }, batch_index) => {
          if (email.startsWith('bad')) errors.push({ batch_index, reason: 'invalid', field: 'email' });
          else people.set(email, { ...people.get(email), ...attributes });
        });
        return errors.length > 0 ? { status: 207, json: { errors } } : { json: {} };
      }
      const [, customer] = /^\/api\/v1\/customers\/(.+)$/.exec(path) ?? [];
      if (customer && method === 'DELETE') {
        people.delete(decodeURIComponent(customer));
        for (const { members } of segments.values()) members.delete(decodeURIComponent(customer));
        return { json: {} };
      }
      if (customer && method === 'PUT') {
        const email = decodeURIComponent(customer);
        const { _update, ...attributes } = json as Record<string, unknown>;
        if (!people.has(email) && _update === true) return { json: {} };
        const all = Object.entries({ ...people.get(email), ...attributes });
        people.set(email, Object.fromEntries(all.filter(([, value]) => value !== '')));
        return { json: {} };
      }
      const [, id = '', what] = /\/segments\/(\d+)\/(\w+)$/.exec(path) ?? [];
      const segment = segments.get(id);
      if (segment?.type !== 'manual') return { status: 404, json: {} };
      if (what === 'membership') {
        const all = [...segment.members];
        const from = Number(query.get('start') ?? 0);
        const page = all.slice(from, from + 3);
        return {
          json: {
            identifiers: page.map(email => ({ email, id: null, cio_id: 'x' })),
            next: from + 3 < all.length ? String(from + 3) : '',
          },
        };
      }
      const { ids } = json as { ids: string[] };
      if (ids.length > 1000 || query.get('id_type') !== 'email') return { status: 400, json: {} };
      for (const email of ids)
        if (what === 'remove_customers') segment.members.delete(email);
        else if (people.has(email)) segment.members.add(email);
      return { json: {} };
    },
    ({ method, path }) => path.startsWith('/api/') && (method === 'POST' || method === 'PUT'),
  );
  return { ...http, people, segments };
}

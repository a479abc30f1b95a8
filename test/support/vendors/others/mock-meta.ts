import { type MockHttp, mockHttp, type Reply } from './mock-http.ts';

/** Audiences by id, each with the hashes that are in it: a person is "email.phone". */
export interface MockMeta extends MockHttp {
  audiences: Map<string, { name: string; source: string; people: Set<string> }>;
  bodies: Record<string, unknown>[];
}

interface Users {
  session: { session_id: number; batch_seq: number; last_batch_flag: boolean };
  payload: { schema: string[]; data: (string | string[])[][] };
}

/** Meta's Graph API as far as custom audiences of customer files go. */
export async function mockMeta(): Promise<MockMeta> {
  const audiences: MockMeta['audiences'] = new Map();
  const bodies: Record<string, unknown>[] = [];
  let next = 100;
  const refusal = (code: number, status = 400): Reply => ({
    status,
    json: { error: { message: 'no', type: 'OAuthException', code } },
  });
  const http = await mockHttp(
    ({ method, path, query, headers, json }) => {
      if (headers.authorization !== 'Bearer EAAB') return refusal(190);
      const [, version, node, edge] = path.split('/');
      if (version !== 'v25.0') return refusal(2635);
      if (node === 'me') return { json: { data: [{ permission: 'ads_management', status: 'granted' }] } };
      if (node === 'act_77' && !edge) return { json: { id: node, name: 'Shop' } };
      if (node === 'act_77' && edge === 'customaudiences') {
        if (method === 'POST') {
          const body = json as { name: string; subtype: string; customer_file_source: string };
          bodies.push(body);
          if (body.subtype !== 'CUSTOM') return refusal(100);
          const id = String(next++);
          audiences.set(id, { name: body.name, source: body.customer_file_source, people: new Set() });
          return { json: { id } };
        }
        const all = [...audiences].map(([id, { name }]) => ({ id, name, subtype: 'CUSTOM' }));
        const from = Number(query.get('after') ?? 0);
        const data = all.slice(from, from + 2);
        const more = from + 2 < all.length;
        return {
          json: {
            data,
            paging: { cursors: { after: String(from + 2) }, ...(more ? { next: 'https://graph' } : {}) },
          },
        };
      }
      const audience = audiences.get(node ?? '');
      if (!audience) return refusal(100);
      if (edge !== 'users') return { json: { id: node } };
      const { payload } = json as Users;
      bodies.push(json as Record<string, unknown>);
      if (payload.data.length > 10_000) return refusal(100);
      for (const [email, phone] of payload.data) {
        if (!/^([0-9a-f]{64})?$/.test(String(email))) return refusal(100);
        const person = `${email}.${phone}`;
        if (method === 'POST') audience.people.add(person);
        else audience.people.delete(person);
      }
      return { json: { audience_id: node, num_received: payload.data.length, num_invalid_entries: 0 } };
    },
    ({ path }) => path.endsWith('/users'),
  );
  return { ...http, audiences, bodies };
}

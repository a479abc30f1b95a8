import { type MockHttp, mockHttp, type Reply } from './mock-http.ts';

/** Lists by id, each with the hashes that are in it: a person is "email.phone". */
export interface MockGoogle extends MockHttp {
  lists: Map<string, { displayName: string; people: Set<string> }>;
  bodies: Record<string, unknown>[];
  /** Hashes that Google does not take. */
  unwanted: Set<string>;
  /** Tokens that are good. */
  tokens: Set<string>;
}

interface Body {
  destinations: {
    productDestinationId: string;
    operatingAccount: { accountType: string; accountId: string };
  }[];
  audienceMembers: { userData: { userIdentifiers: { emailAddress?: string; phoneNumber?: string }[] } }[];
  encoding: string;
  termsOfService?: { customerMatchTermsOfServiceStatus: string };
}

const account = '/v1/accountTypes/GOOGLE_ADS/accounts/1234567890/userLists';

/** Google's Data Manager API as far as customer lists go, and the server of its tokens. */
export async function mockGoogle(): Promise<MockGoogle> {
  const lists: MockGoogle['lists'] = new Map();
  const bodies: Record<string, unknown>[] = [];
  const unwanted = new Set<string>();
  const tokens = new Set<string>();
  let next = 900;
  const invalid = (fieldViolations: object[]): Reply => ({
    status: 400,
    json: { error: { code: 400, status: 'INVALID_ARGUMENT', details: [{ fieldViolations }] } },
  });
  const http = await mockHttp(
    ({ method, path, query, headers, text, json }) => {
      if (path === '/token') {
        if (new URLSearchParams(text).get('refresh_token') !== 'refresh')
          return { status: 400, json: { error: 'invalid_grant' } };
        const token = `ya29.${next++}`;
        tokens.add(token);
        return { json: { access_token: token, expires_in: 3599 } };
      }
      if (!tokens.has((headers.authorization ?? '').replace('Bearer ', ''))) return { status: 401, json: {} };
      if (path === account && method === 'POST') {
        const { displayName } = json as { displayName: string };
        bodies.push(json as Record<string, unknown>);
        const id = String(next++);
        lists.set(id, { displayName, people: new Set() });
        return { json: { name: `${account.slice(4)}/${id}`, id, displayName } };
      }
      if (path === account) {
        const all = [...lists].map(([id, { displayName }]) => ({ id, displayName }));
        const from = Number(query.get('pageToken') ?? 0);
        return {
          json: {
            userLists: all.slice(from, from + 2),
            ...(from + 2 < all.length ? { nextPageToken: String(from + 2) } : {}),
          },
        };
      }
      const what = path.replace('/v1/audienceMembers:', '');
      if (what !== 'ingest' && what !== 'remove') return { status: 404, json: {} };
      const body = json as Body;
      bodies.push(json as Record<string, unknown>);
      const list = lists.get(body.destinations[0]?.productDestinationId ?? '');
      if (!list || body.encoding !== 'HEX' || body.audienceMembers.length > 10_000) return invalid([]);
      if (what === 'ingest' && body.termsOfService?.customerMatchTermsOfServiceStatus !== 'ACCEPTED')
        return invalid([]);
      const people = body.audienceMembers.map(({ userData }) => {
        const found = (key: 'emailAddress' | 'phoneNumber') =>
          userData.userIdentifiers.find(one => one[key])?.[key] ?? '';
        return `${found('emailAddress')}.${found('phoneNumber')}`;
      });
      const bad = people.flatMap((person, i) =>
        unwanted.has(person)
          ? [{ field: `audience_members.audience_members[${i}]`, reason: 'INVALID_SHA256_FORMAT' }]
          : [],
      );
      if (bad.length > 0) return invalid(bad);
      for (const person of people)
        if (what === 'ingest') list.people.add(person);
        else list.people.delete(person);
      return { json: { requestId: String(next++) } };
    },
    ({ path }) => path.includes('audienceMembers'),
  );
  return { ...http, lists, bodies, unwanted, tokens };
}

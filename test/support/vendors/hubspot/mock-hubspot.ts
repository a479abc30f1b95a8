import type { Connection } from '../../../../src/vendors/vendor.ts';
import { type Answered, type Asked, type Fault, faultyServer } from '../faulty-server.ts';
import { Refused, routes } from './answers.ts';
import { byEmail, type HubspotWorld, newWorld } from './world.ts';

export interface MockHubspotOptions {
  /** What the key may do; everything where absent. */
  scopes?: readonly string[];
  faultOf?: (request: number, asked: Asked) => Fault | null;
}

export interface MockHubspot {
  connection: Connection;
  world: HubspotWorld;
  requests: string[];
  /** What no client may do: requests that HubSpot has not, or writes of anything but Kindred's property. */
  violations: string[];
  /** E-mails of those who are in the list of this name, sorted. */
  membersOf(list: string): string[];
  propertiesOf(email: string): Readonly<Record<string, string>> | undefined;
  /** @throws Error where there were violations */
  close(): Promise<void>;
}

const token = 'pat-of-the-mock';

/** A HubSpot that keeps what it is told, over real HTTP, as its documentation says. */
export async function mockHubspot(options: MockHubspotOptions = {}): Promise<MockHubspot> {
  const { scopes, faultOf = () => null } = options;
  const world = newWorld();
  const violations: string[] = [];
  const answer = (asked: Asked): Answered => {
    if (asked.headers.authorization !== `Bearer ${token}`)
      return { status: 401, json: { category: 'INVALID_AUTHENTICATION' } };
    for (const { method, path, scope, answer } of routes) {
      const parts = asked.method === method ? path.exec(asked.path) : null;
      if (!parts) continue;
      if (scope !== null && scopes && !scopes.includes(scope))
        return { status: 403, json: { category: 'MISSING_SCOPES' } };
      violations.push(...forbidden(asked));
      try {
        return answer(world, asked, parts.slice(1));
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return {
          status: error.status,
          json: { status: 'error', category: error.category, message: error.message },
        };
      }
    }
    violations.push(`${asked.method} ${asked.path}`);
    return { status: 404, json: {} };
  };
  const server = await faultyServer(answer, faultOf);
  return {
    connection: {
      name: 'hubspot',
      vendor: 'hubspot',
      settings: { api_url: server.url, csat_property: 'none' },
      secrets: { token },
    },
    world,
    requests: server.requests,
    violations,
    membersOf(name) {
      const list = [...world.lists.values()].find(one => one.name === name);
      return [...(list?.members ?? [])]
        .flatMap(id => world.contacts.get(id)?.properties.email ?? `(${id})`)
        .sort();
    },
    propertiesOf: email => byEmail(world, email)?.properties,
    async close() {
      await server.close();
      if (violations.length > 0)
        throw new Error(`HubSpot was asked what it must not be: ${violations.join(', ')}`);
    },
  };
}

/** Properties that are written beside the e-mail and Kindred's own. */
function forbidden({ path, body }: Asked): string[] {
  if (!/\/batch\/(upsert|update)$/.test(path)) return [];
  const { inputs } = body as { inputs: { properties: Record<string, string> }[] };
  return inputs
    .flatMap(({ properties }) => Object.keys(properties))
    .filter(name => name !== 'email' && !name.startsWith('kindred'))
    .map(name => `a write of ${name}`);
}

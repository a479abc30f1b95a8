import { OperatorError } from '../../errors.ts';
import { type ShopifyApi, shopifyApi } from '../../vendors/shopify-api.ts';
import type { Connection, Platform } from '../../vendors/vendor.ts';
import type { Destination, KnownMember, Member, Outcome, Target } from '../destination.ts';

/**
 * A customer tag for each audience, which the shop's own segments, discounts and flows can go by. Staff and other apps read
 * tags: each says that it is of Kindred. A customer's consent to marketing is another field, which is never touched.
 */
export const shopifyDestination: Destination = {
  vendor: 'shopify',
  title: 'Shopify customer tags',
  channel: 'personalisation',
  batch: 250,

  async ensure(_connection, target) {
    return { ...target, id: tagOf(target) };
  },

  keyOf,

  async *members(connection, target, platform) {
    const tag = tagOf(target);
    const api = shopifyApi(connection, platform);
    const filter = `tag:'${tag.replaceAll(/[\\']/g, '\\$&')}'`;
    for (let after: string | null = null; ; ) {
      const { customers }: Tagged = await api.ask<Tagged>(withTag, { filter, after });
      // The search may match more than is asked for.
      const exact = customers.nodes.filter(({ tags }) => tags.some(other => sameTag(other, tag)));
      yield exact.map(({ id }) => id.split('/').at(-1)!);
      if (!customers.pageInfo.hasNextPage) return;
      after = customers.pageInfo.endCursor;
    }
  },

  async add(connection, target, members, _id, platform) {
    const known: KnownMember[] = [];
    const refused: Outcome[] = [];
    for (const member of members) {
      const { profileId } = member;
      const found = keyOf(connection, member);
      if ('key' in found) known.push({ profileId, key: found.key });
      else refused.push({ profileId, kind: 'refused', reason: found.cannot });
    }
    const tagged = await changeTags(connection, 'tagsAdd', [tagOf(target)], known, platform);
    return [
      ...refused,
      ...tagged.map(
        ({ profileId, key, ok }): Outcome =>
          ok
            ? { profileId, kind: 'done', key }
            : { profileId, kind: 'refused', reason: 'the shop has no such customer any more' },
      ),
    ];
  },

  async remove(connection, target, members, _id, platform) {
    const removed = await changeTags(connection, 'tagsRemove', [tagOf(target)], members, platform);
    // A customer who is not there any more has no tag.
    return removed.map(({ profileId, key }): Outcome => ({ profileId, kind: 'done', key }));
  },

  async erase(connection, { email, keys, targets }, wholly, platform) {
    const api = shopifyApi(connection, platform);
    const found = email === null ? null : await customerWith(api, email);
    const ids = [...new Set([...keys, ...(found === null ? [] : [found])])].sort();
    if (ids.length === 0) return 'Shopify has no customer with the address.';
    const tags = targets.map(tagOf);
    const people = ids.map(key => ({ profileId: key, key }));
    if (tags.length > 0) await changeTags(connection, 'tagsRemove', tags, people, platform);
    const gone = tags.length > 0 ? 'The tags of Kindred were taken off at Shopify. ' : '';
    if (!wholly) return `${gone}The customer stays at Shopify.`;
    for (const id of ids) await requestErasure(api, connection, id);
    return `${gone}Shopify was asked to erase the customer, which it does after the time that it keeps for orders.`;
  },
};

/** By the number of the customer: an e-mail may change. */
function keyOf({ name }: Connection, { ids }: Member): { key: string } | { cannot: string } {
  const numbers = ids
    .filter(({ source, id }) => source === name && /^\d+$/.test(id))
    .map(({ id }) => id)
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return numbers[0] === undefined ? { cannot: 'no customer account in the shop' } : { key: numbers[0] };
}

/** Of a tag, at most. */
const longestTag = 255;

/** A comma would make two tags of one. */
function tagOf({ name }: Target): string {
  return `kindred: ${name.replaceAll(',', ';').replaceAll(/\s+/g, ' ').trim()}`.slice(0, longestTag).trim();
}

const sameTag = (one: string, other: string) => one.trim().toLowerCase() === other.toLowerCase();

interface Tagged {
  customers: {
    nodes: { id: string; tags: string[] }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

const withTag = /* GraphQL */ `
  query WithTag($filter: String!, $after: String) {
    customers(first: 250, after: $after, query: $filter, sortKey: ID) {
      nodes { id tags }
      pageInfo { hasNextPage endCursor }
    }
  }`;

/** Each costs ten of the points of which a query may take a thousand, and a shop gives a hundred a second. */
const atOnce = 25;

async function changeTags(
  connection: Connection,
  mutation: 'tagsAdd' | 'tagsRemove',
  tags: readonly string[],
  members: readonly KnownMember[],
  platform: Platform,
): Promise<(KnownMember & { ok: boolean })[]> {
  const api = shopifyApi(connection, platform);
  const changed: (KnownMember & { ok: boolean })[] = [];
  for (let i = 0; i < members.length; i += atOnce) {
    const some = members.slice(i, i + atOnce);
    const ids = some.map(({ key }, n) => [`id${n}`, `gid://shopify/Customer/${key}`]);
    const answers = await api.ask<Record<string, { userErrors: { message: string }[] }>>(
      tagging(mutation, some.length),
      { tags, ...Object.fromEntries(ids) },
    );
    for (const [n, member] of some.entries())
      changed.push({ ...member, ok: answers[`of${n}`]!.userErrors.length === 0 });
  }
  return changed;
}

function tagging(mutation: string, count: number): string {
  const places = Array.from({ length: count }, (_, n) => n);
  return `mutation Tag($tags: [String!]!, ${places.map(n => `$id${n}: ID!`).join(', ')}) {
    ${places.map(n => `of${n}: ${mutation}(id: $id${n}, tags: $tags) { userErrors { message } }`).join('\n    ')}
  }`;
}

const byEmail = /* GraphQL */ `
  query ByEmail($email: String!) { customerByIdentifier(identifier: { emailAddress: $email }) { id } }`;

async function customerWith(api: ShopifyApi, email: string): Promise<string | null> {
  const { customerByIdentifier } = await api.ask<{ customerByIdentifier: { id: string } | null }>(byEmail, {
    email,
  });
  return customerByIdentifier?.id.split('/').at(-1) ?? null;
}

const erasure = /* GraphQL */ `
  mutation Erase($id: ID!) { customerRequestDataErasure(customerId: $id) { userErrors { code } } }`;

async function requestErasure(api: ShopifyApi, { name }: Connection, id: string): Promise<void> {
  const { customerRequestDataErasure } = await api.ask<{
    customerRequestDataErasure: { userErrors: { code: string | null }[] };
  }>(erasure, { id: `gid://shopify/Customer/${id}` });
  const codes = customerRequestDataErasure.userErrors.map(({ code }) => code);
  // One who is not there any more is erased.
  if (codes.length > 0 && !codes.includes('DOES_NOT_EXIST'))
    throw new OperatorError(
      `Shopify did not take the request to erase a customer over the connection ${name} (${codes.join(', ')}).`,
      'Ask for it in the admin of the shop: Customers > the customer > More actions > Erase personal data.',
    );
}

import { graphql } from './graphql.ts';
import type { Shop } from './shop.ts';

const { GraphQLError } = graphql;

export interface Asked {
  first?: number | null;
  last?: number | null;
  after?: string | null;
  reverse?: boolean | null;
}

export interface Node {
  id: string;
}

/** Whose query it is, and whether it runs in bulk, where connections are read to their end. */
export interface Asking {
  shop: Shop;
  bulk: boolean;
}

/** A resolver of a connection over some nodes, paged as the vendor pages: a size is needed, and 250 is the most. */
export function connection(nodes: readonly Node[]) {
  return (asked: Asked, { bulk }: Asking) => page(nodes, bulk ? {} : sized(asked));
}

export function page(nodes: readonly Node[], { first, after, reverse }: Asked) {
  const all = reverse ? [...nodes].reverse() : nodes;
  const from = after ? all.findIndex(({ id }) => cursorOf(id) === after) + 1 : 0;
  const shown = all.slice(from, first ? from + first : undefined);
  return {
    nodes: shown,
    edges: shown.map(node => ({ node, cursor: cursorOf(node.id) })),
    pageInfo: {
      hasNextPage: from + shown.length < all.length,
      hasPreviousPage: from > 0,
      startCursor: shown[0] ? cursorOf(shown[0].id) : null,
      endCursor: shown.at(-1) ? cursorOf(shown.at(-1)!.id) : null,
    },
  };
}

const cursorOf = (id: string) => Buffer.from(id).toString('base64');

function sized(asked: Asked): Asked {
  const { first, last } = asked;
  if (first == null && last == null)
    throw new GraphQLError('you must provide one of first or last', { extensions: { code: 'BAD_REQUEST' } });
  if ((first ?? last)! > 250)
    throw new GraphQLError('a page has 250 at most', { extensions: { code: 'MAX_INPUT_SIZE_EXCEEDED' } });
  return asked;
}

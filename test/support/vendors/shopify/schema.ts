import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { addResolversToSchema } from '@graphql-tools/schema';
import type { GraphQLSchema, IntrospectionQuery } from 'graphql';
import type { Asking } from './connections.ts';
import { graphql } from './graphql.ts';
import { resolversOf } from './resolvers.ts';

const { buildClientSchema } = graphql;

const file = new URL('../../contracts/shopify/admin_2026-10.introspection.json.gz', import.meta.url);

let made: GraphQLSchema | undefined;

/** The schema as Shopify tells it, answered from the shop that a query is about. Made once, as it takes its time. */
export function answeringSchema(): GraphQLSchema {
  made ??= addResolversToSchema({
    schema: readSchema(),
    resolvers: resolvers(),
    resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
    updateResolversInPlace: true,
  });
  return made;
}

function resolvers(): Fields {
  const shape = resolversOf(undefined as never) as Fields;
  return Object.fromEntries(
    Object.entries(shape).map(([type, fields]) => [
      type,
      Object.fromEntries(
        Object.keys(fields).map(field => [
          field,
          (root: unknown, asked: unknown, asking: Asking) =>
            (resolversOf(asking.shop) as Fields)[type]![field]!(root, asked, asking),
        ]),
      ),
    ]),
  );
}

type Fields = Record<string, Record<string, (root: unknown, asked: unknown, asking: Asking) => unknown>>;

function readSchema(): GraphQLSchema {
  const { data } = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as {
    data: IntrospectionQuery;
  };
  return buildClientSchema(data, { assumeValid: true });
}

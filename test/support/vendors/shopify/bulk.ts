import type { GraphQLSchema } from 'graphql';
import type { Asking } from './connections.ts';
import { graphql } from './graphql.ts';
import { rules } from './rules.ts';
import type { Shop } from './shop.ts';

const {
  execute,
  getNamedType,
  isListType,
  isNonNullType,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} = graphql;

/** What the vendor says against a query in bulk; null where nothing. */
export function bulkProblem(schema: GraphQLSchema, query: string): string | null {
  const document = parse(query);
  const errors = validate(schema, document, rules);
  if (errors.length > 0) return errors.map(({ message }) => message).join('; ');
  let connections = 0;
  let problem: string | null = null;
  const around: ('connection' | 'list' | 'other')[] = [];
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          const type = info.getType();
          const list = isListType(isNonNullType(type) ? type.ofType : type);
          const named = type ? getNamedType(type).name : '';
          const isConnection = named.endsWith('Connection');
          const inEdges = ['edges', 'nodes'].includes(node.name.value);
          if (isConnection) {
            connections++;
            if (around.includes('list')) problem = 'a connection within a list is not supported';
            if (around.filter(kind => kind === 'connection').length >= 3)
              problem = 'connections are nested too deep';
          }
          const selection = node.selectionSet?.selections ?? [];
          if (node.name.value === 'node' && !selection.some(s => 'name' in s && s.name?.value === 'id'))
            problem = 'the id of each record in a connection is needed';
          around.push(isConnection ? 'connection' : list && !inEdges ? 'list' : 'other');
        },
        leave() {
          around.pop();
        },
      },
    }),
  );
  if (connections === 0) return 'at least one connection is needed';
  if (connections > 5) return 'five connections at most';
  return problem;
}

/** Lines as the vendor writes them: a record each, children by themselves with the id of their parent. */
export async function bulkLines(schema: GraphQLSchema, query: string, shop: Shop): Promise<string[]> {
  const contextValue: Asking = { shop, bulk: true };
  const result = await execute({ schema, document: parse(query), contextValue });
  if (result.errors) throw result.errors[0]!;
  const lines: string[] = [];
  const flatten = (value: Record<string, unknown>, parent?: string) => {
    const plain: Record<string, unknown> = {};
    const children: [Record<string, unknown>, string][] = [];
    for (const [name, held] of Object.entries(value)) {
      const edges = (held as { edges?: { node: Record<string, unknown> }[] } | null)?.edges;
      if (edges) for (const { node } of edges) children.push([node, String(value.id)]);
      else plain[name] = held;
    }
    if (parent !== undefined || 'id' in plain)
      lines.push(JSON.stringify(parent === undefined ? plain : { ...plain, __parentId: parent }));
    for (const [child, of] of children) flatten(child, of === 'undefined' ? undefined : of);
  };
  flatten(result.data as Record<string, unknown>);
  return lines;
}

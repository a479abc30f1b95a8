import type { DocumentNode, GraphQLSchema, SelectionSetNode } from 'graphql';
import { graphql } from './graphql.ts';

const { getNamedType, isInterfaceType, isObjectType, Kind } = graphql;

/** Points of a query by what it may return: an object one, a connection by its size with the root of it, a mutation ten. */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  let total = 0;
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const mutation = definition.operation === 'mutation';
    const root = mutation ? schema.getMutationType()! : schema.getQueryType()!;
    if (mutation) total += 10 * definition.selectionSet.selections.length;
    else total += selected(schema, root.name, definition.selectionSet, variables);
  }
  return Math.max(1, Math.ceil(total));
}

function selected(
  schema: GraphQLSchema,
  typeName: string,
  set: SelectionSetNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const type = schema.getType(typeName);
  let sum = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition?.name.value ?? typeName;
      sum += selected(schema, on, selection.selectionSet, variables);
      continue;
    }
    if (selection.kind !== Kind.FIELD || !selection.selectionSet) continue;
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const field = type.getFields()[selection.name.value]!;
    const named = getNamedType(field.type);
    const inner = selected(schema, named.name, selection.selectionSet, variables);
    if (named.name === 'PageInfo') continue;
    if (['nodes', 'edges', 'node'].includes(selection.name.value) && typeName.match(/(Connection|Edge)$/)) {
      sum += inner;
      continue;
    }
    const given = selection.arguments?.find(({ name }) =>
      ['first', 'last', 'ids'].includes(name.value),
    )?.value;
    const value =
      given?.kind === Kind.VARIABLE ? variables[given.name.value] : given && 'value' in given && given.value;
    const size = Array.isArray(value) ? value.length : Number(value || 1);
    sum +=
      named.name.endsWith('Connection') || Array.isArray(value)
        ? Math.sqrt(size) * (1 + inner) + 1
        : 1 + inner;
  }
  return sum;
}

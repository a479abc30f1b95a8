import { z } from 'zod';
import { filterShape } from '../../segmentation/audiences/filter/filter.ts';

type Json = Record<string, unknown>;

const itself = { $ref: '#/properties/filter' };

/**
 * A filter as a tool takes it. Models read one flat object of all that clauses may say, written from the shape of filters:
 * half the words of the full schema. What does not fit is told by `resolveFilter`, in better words than a schema has.
 *
 * The property of the tool's input has to be called `filter`, as filters within a filter refer to it by that name.
 */
export const filterInput = z.looseObject({}).meta(flatFilter());

function flatFilter(): Json {
  const { $defs } = z.toJSONSchema(z.object({ filter: filterShape }), { io: 'input' });
  const defs = $defs as Record<string, Json>;
  const said = new Set<unknown>();
  const once = (description: unknown): Json => {
    if (description === undefined || said.has(description)) return {};
    said.add(description);
    return { description };
  };
  /** Without lengths and patterns; what is said, or what a range may hold, stands where it is first needed. */
  const brief = (schema: Json, told: unknown = schema.description): Json => {
    const ref = (schema.$ref as string | undefined)?.replace('#/$defs/', '');
    if (ref === 'filter') return { ...itself, ...once(told) };
    if (ref === 'filterNames') return { type: 'array', items: { type: 'string' }, ...once(told) };
    if (ref === 'filterRange') {
      const known = said.has(ref);
      said.add(ref);
      return { ...(known ? { type: 'object' } : brief(defs.filterRange!)), ...once(told) };
    }
    if (schema.anyOf !== undefined) return once(told);
    if (schema.type === 'array') return { type: 'array', items: brief(schema.items as Json), ...once(told) };
    if (schema.type !== 'object') return { type: schema.type, ...once(told) };
    const inner = Object.entries(schema.properties as Json).map(([word, of]) => [word, brief(of as Json)]);
    return { type: 'object', properties: Object.fromEntries(inner), ...once(told) };
  };
  const properties: Json = {};
  for (const { properties: own, description } of defs.filter!.anyOf as {
    properties: Json;
    description: string;
  }[])
    Object.entries(own).forEach(([word, schema], i) => {
      // What is said of a clause stands with the word that it begins with.
      properties[word] = brief(schema as Json, i === 0 ? description : undefined);
    });
  const description =
    'One clause: field with bounds, is, isNot or known; or segment, moved, orders, events; or all, any, not of clauses.';
  return { type: 'object', description, properties, additionalProperties: undefined };
}

import { z } from 'zod';

/** A place in a schema: "segments[].customers", with what is said of it there. */
export interface Place {
  path: string;
  schema: z.ZodType;
  /** Of it or of a union around it. */
  unit: unknown;
}

/** Every schema within one, wrappers and alternatives included; what refers to itself is walked once. */
export function placesOf(schema: z.ZodType): Place[] {
  const seen = new Set<z.ZodType>();
  const walk = (at: z.ZodType, path: string, unit: unknown): Place[] => {
    if (seen.has(at) && at instanceof z.ZodLazy) return [];
    seen.add(at);
    const said = at.meta()?.unit ?? unit;
    return [
      { path, schema: at, unit: said },
      ...insideOf(at).flatMap(([name, inner]) => walk(inner, path + name, said)),
    ];
  };
  return walk(schema, '', undefined);
}

function insideOf(schema: z.ZodType): [name: string, inner: z.ZodType][] {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).map(([key, field]) => [`.${key}`, field as z.ZodType]);
  if (schema instanceof z.ZodArray) return [['[]', schema.element as z.ZodType]];
  if (schema instanceof z.ZodTuple)
    return (schema.def.items as z.ZodType[]).map((item, i) => [`[${i}]`, item]);
  if (schema instanceof z.ZodRecord) return [['{}', schema.valueType as z.ZodType]];
  if (schema instanceof z.ZodUnion) return (schema.options as z.ZodType[]).map(option => ['', option]);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodLazy
  )
    return [['', schema.unwrap() as z.ZodType]];
  return [];
}

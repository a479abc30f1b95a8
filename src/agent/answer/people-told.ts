import { z } from 'zod';
import { few } from '../../tools/results/values.ts';
import { claimsIn } from './claims.ts';

/** The numbers of a result that count customers: by their schema, or by the words beside them in a text. */
export function peopleTold(schema: z.ZodType, value: unknown): number[] {
  if (value === null || value === undefined) return [];
  if (countsPeople(schema)) return typeof value === 'number' ? [value] : [];
  if (typeof value === 'string')
    return claimsIn(value).flatMap(claim => (claim.unit === 'people' ? [claim.value] : []));
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, field]) =>
      peopleTold(field as z.ZodType, (value as Record<string, unknown>)[key]),
    );
  if (schema instanceof z.ZodArray)
    return (value as unknown[]).flatMap(item => peopleTold(schema.element as z.ZodType, item));
  if (schema instanceof z.ZodRecord)
    return Object.values(value).flatMap(item => peopleTold(schema.valueType as z.ZodType, item));
  const isWrapped =
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly ||
    schema instanceof z.ZodLazy;
  if (isWrapped) return peopleTold(schema.unwrap() as z.ZodType, value);
  if (schema instanceof z.ZodUnion)
    return (schema.options as z.ZodType[])
      .filter(option => option.safeParse(value).success)
      .slice(0, 1)
      .flatMap(option => peopleTold(option, value));
  return [];
}

/** The `people` of tools' values, with whatever was said of it. */
function countsPeople(schema: z.ZodType): boolean {
  return (
    schema instanceof z.ZodUnion &&
    (schema.options as z.ZodType[]).some(option => option instanceof z.ZodLiteral && option.value === few)
  );
}

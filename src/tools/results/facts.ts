import { z } from 'zod';
import type { Unit } from '../../features/feature.ts';
import { type Fact, numbersIn } from '../../segmentation/written-numbers.ts';

/**
 * What a tool result says in numbers: each number with the unit of its schema, and each number that is written in its
 * texts. An answer may use these and no others.
 *
 * @throws Error where a number's schema has no unit, which is a defect of the tool
 */
export function factsOf(schema: z.ZodType, value: unknown): Fact[] {
  return walk(schema, value, undefined);
}

/** @param unit said by a schema around this one: that of a union says what its numbers are */
function walk(schema: z.ZodType, value: unknown, unit: Unit | undefined): Fact[] {
  if (value === null || value === undefined || typeof value === 'boolean') return [];
  const said = (schema.meta()?.unit as Unit | undefined) ?? unit;
  if (typeof value === 'string') return factsInText(value);
  const inner = innerOf(schema, value);
  if (inner) return walk(inner, value, said);
  if (typeof value === 'number') {
    if (said === undefined) throw new Error('A number of a tool result has no unit in its schema.');
    return [{ value, unit: said }];
  }
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, field]) =>
      walk(field as z.ZodType, (value as Record<string, unknown>)[key], undefined),
    );
  if (schema instanceof z.ZodArray)
    return (value as unknown[]).flatMap(item => walk(schema.element as z.ZodType, item, said));
  if (schema instanceof z.ZodRecord)
    return Object.entries(value).flatMap(([key, item]) => [
      ...factsInText(key),
      ...walk(schema.valueType as z.ZodType, item, said),
    ]);
  throw new Error(`Facts of a schema of type ${schema.type} are not known.`);
}

/** The schema behind one that wraps another, or the alternative of a union that the value fits. */
function innerOf(schema: z.ZodType, value: unknown): z.ZodType | undefined {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodReadonly
  )
    return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodLazy) return schema.unwrap() as z.ZodType;
  if (schema instanceof z.ZodUnion)
    return (schema.options as z.ZodType[]).find(option => option.safeParse(value).success);
  return undefined;
}

/**
 * The numbers that are written in a text, for others that rest on it. "fewer than 10" bears out those words, and no
 * count below ten.
 */
export function factsInText(text: string): Fact[] {
  return numbersIn(text).map(({ value, unit, bound }) =>
    bound === null ? { value, unit: unit ?? 'count' } : { value: bound, unit: unit ?? 'count', under: true },
  );
}

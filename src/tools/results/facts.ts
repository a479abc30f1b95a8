import { z } from 'zod';
import type { Unit } from '../../features/feature.ts';
import { type Fact, numbersIn } from '../../segmentation/written-numbers.ts';
import { few } from './values.ts';

/** A number or a text of a tool result, and where it stands. */
export interface Told {
  /** A text may hold numbers of its own: `factsInText`. */
  value: number | string;
  /** null: of a text. */
  unit: Unit | null;
  /** Whether it counts customers, by its schema. */
  people: boolean;
  /** Names of the fields that lead to it, outermost first. Places in lists are not told. */
  path: readonly string[];
  /** The objects around it, outermost first. */
  within: readonly Readonly<Record<string, unknown>>[];
  /** Its place in the list that it stands in. */
  place: number | null;
}

type Place = Pick<Told, 'path' | 'within' | 'place'> & { unit: Unit | undefined; people: boolean };

/**
 * What a tool result tells, part by part: each number with the unit of its schema, and each text. An answer may use the
 * numbers of these and no others.
 *
 * @throws Error where a number's schema has no unit, which is a defect of the tool
 */
export function toldIn(schema: z.ZodType, value: unknown): Told[] {
  return walk(schema, value, { path: [], within: [], place: null, unit: undefined, people: false });
}

/** @param at with what a schema around this one says: that of a union says what its numbers are */
function walk(schema: z.ZodType, value: unknown, at: Place): Told[] {
  if (value === null || value === undefined || typeof value === 'boolean') return [];
  const unit = (schema.meta()?.unit as Unit | undefined) ?? at.unit;
  const people = at.people || countsPeople(schema);
  if (typeof value === 'string') return [{ ...at, value, unit: null, people: false }];
  const inner = innerOf(schema, value);
  if (inner) return walk(inner, value, { ...at, unit, people });
  if (typeof value === 'number') {
    if (unit === undefined) throw new Error('A number of a tool result has no unit in its schema.');
    return [{ ...at, value, unit, people }];
  }
  if (schema instanceof z.ZodArray)
    return (value as unknown[]).flatMap((item, place) =>
      walk(schema.element as z.ZodType, item, { ...at, unit, people: false, place }),
    );
  const object = value as Readonly<Record<string, unknown>>;
  const inside = { ...at, within: [...at.within, object], place: null, people: false };
  const under = (field: string, of: Unit | undefined) => ({ ...inside, path: [...at.path, field], unit: of });
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([key, field]) =>
      walk(field as z.ZodType, object[key], under(key, undefined)),
    );
  if (schema instanceof z.ZodRecord)
    return Object.entries(object).flatMap(([key, item]) => [
      ...walk(z.string(), key, under(key, undefined)),
      ...walk(schema.valueType as z.ZodType, item, under(key, unit)),
    ]);
  throw new Error(`Facts of a schema of type ${schema.type} are not known.`);
}

/** The `people` of tools' values, with whatever was said of it. */
function countsPeople(schema: z.ZodType): boolean {
  return (
    schema instanceof z.ZodUnion &&
    (schema.options as z.ZodType[]).some(option => option instanceof z.ZodLiteral && option.value === few)
  );
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

import fc from 'fast-check';
import { z } from 'zod';
import { hostile } from '../blocks/hostile.ts';

/** Words as a result may hold them, those that would do something among them. */
const words = fc.oneof(
  { weight: 6, arbitrary: hostile.map(text => text.slice(0, 400)) },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constant('A name that is longer than any cell '.repeat(100)) },
);

const figures = fc.oneof(
  fc.integer({ min: -5, max: 5_000_000 }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(0, 1, 1e9, -0.0001),
);

/** What Kindred itself names things by. */
const ours = new Set(['key', 'handle']);
const ids = fc.constantFrom('a-01012e12', 'champions', 'lapsed-but-recoverable', 'k'.repeat(200));

/** Any result that the schema of a tool lets through: as large, as blank and as hostile as it may be. */
export function resultsOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject)
    return fc.record(
      Object.fromEntries(
        Object.entries(schema.shape).map(([field, inner]) => [
          field,
          ours.has(field) ? ids : resultsOf(inner as z.ZodType),
        ]),
      ),
    );
  if (schema instanceof z.ZodArray) return fc.array(resultsOf(schema.element as z.ZodType), { maxLength: 5 });
  if (schema instanceof z.ZodNullable)
    return fc.option(resultsOf(schema.unwrap() as z.ZodType), { nil: null, freq: 3 });
  if (schema instanceof z.ZodDefault) return resultsOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodOptional)
    return fc.option(resultsOf(schema.unwrap() as z.ZodType), { nil: undefined });
  if (schema instanceof z.ZodUnion) return fc.oneof(...(schema.options as z.ZodType[]).map(resultsOf));
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter(key => key !== '__proto__'),
      resultsOf(schema.valueType as z.ZodType),
      { maxKeys: 4 },
    );
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...(schema.options as string[]));
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...([...schema.values] as string[]));
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) {
    const fitting = figures.filter(value => schema.safeParse(value).success);
    return schema.safeParse(0.5).success ? fitting : fc.integer({ min: 10, max: 1_000_000 });
  }
  if (schema instanceof z.ZodString)
    return schema.safeParse('2026-11-01').success && !schema.safeParse('x').success
      ? fc.constantFrom('2026-11-01', '2011-12-09')
      : words;
  throw new Error(`No results are made of ${schema.type}`);
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { InputError } from '../../errors.ts';
import type { TriggerCondition, TriggerRule } from './trigger.ts';

const word = z.string().trim().min(1, 'must not be blank').max(200);
const times = (least: number) => z.number().int().min(least).max(1000).optional();

const condition = z
  .strictObject({
    type: word,
    category: word.optional(),
    sku: word.optional(),
    withinDays: z.number().int().min(1).max(365),
    atLeast: times(1),
    atMost: times(0),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), {
    error: 'needs either atLeast or atMost',
  });

const shape = z.strictObject({
  all: z
    .array(condition)
    .min(1, 'needs a condition')
    .max(10)
    .refine(
      conditions => conditions.length === 0 || conditions.some(({ atLeast }) => atLeast !== undefined),
      {
        error: 'needs a condition with atLeast: who did nothing could not be told from who never came',
      },
    ),
});

const example =
  '{"all":[{"type":"Product Viewed","category":"Outerwear","atLeast":3,"withinDays":7},{"type":"Order Completed","atMost":0,"withinDays":7}]}';

/** @throws InputError for a text that is no JSON, or a rule that says something else than a rule can */
export function parseRule(text: string): TriggerRule {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InputError('The rule is not JSON.', `Write it like this: ${example}`, { cause: error });
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return { all: parsed.data.all.map(told) };
  const problems = parsed.error.issues.map(({ path, message }) => `${place(path)}${message}`);
  throw new InputError(`The rule cannot be used: ${problems.join('; ')}.`, `Write it like this: ${example}`);
}

/** `all[0].withinDays: `, as a person would point at it. */
function place(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  const steps = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return `${steps.join('').replace(/^\./, '')}: `;
}

/** Without keys that are undefined. */
function told({ category, sku, atLeast, atMost, ...rest }: z.infer<typeof condition>): TriggerCondition {
  return {
    ...rest,
    ...(category === undefined ? {} : { category }),
    ...(sku === undefined ? {} : { sku }),
    ...(atLeast === undefined ? {} : { atLeast }),
    ...(atMost === undefined ? {} : { atMost }),
  };
}

/** The same for rules that ask the same, whatever the order of conditions and the case of names. */
export function ruleId({ all }: TriggerRule): string {
  const conditions = all.map(({ type, category, sku, withinDays, atLeast, atMost }) =>
    JSON.stringify([
      type.toLowerCase(),
      category?.toLowerCase() ?? null,
      sku?.toLowerCase() ?? null,
      withinDays,
      atLeast ?? null,
      atMost ?? null,
    ]),
  );
  const canonical = JSON.stringify([...new Set(conditions)].sort());
  return `t-${createHash('sha256').update(canonical).digest('hex').slice(0, 8)}`;
}

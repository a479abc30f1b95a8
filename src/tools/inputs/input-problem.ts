import { z } from 'zod';
import { didYouMean, quoted } from '../../segmentation/audiences/filter/resolve/errors.ts';

type Issue = z.core.$ZodIssue;

/** What is wrong with an input, by its path, and what to do. */
export function inputProblem(schema: z.ZodObject, issue: Issue): { what: string; next: string } {
  const { path, told } = innermost(issue, []);
  const at = path.join('.');
  const fields = Object.keys(schema.shape);
  const takes = fields.length === 0 ? 'It takes no input.' : `It takes: ${fields.join(', ')}.`;
  if (told.code === 'unrecognized_keys') {
    const key = told.keys[0] ?? '';
    const known = path.length === 0 ? fields : keysAt(schema, path);
    return {
      what: `${at === '' ? 'there is' : `"${at}" has`} no field ${quoted(key)}.`,
      next:
        [
          didYouMean(key, known),
          path.length === 0 ? takes : known.length > 0 ? `It takes: ${known.join(', ')}.` : null,
        ]
          .filter(part => part !== null)
          .join(' ') || takes,
    };
  }
  if (at === '') return { what: 'the input has to be a JSON object.', next: takes };
  const length = lengthProblem(told);
  if (length) return { what: `"${at}" takes ${length}.`, next: `${expectation(schema, path)}${takes}` };
  const missing = told.code === 'invalid_type' && /received undefined$/.test(told.message);
  return {
    what: missing ? `"${at}" is missing.` : `"${at}": ${lower(told.message)}.`,
    next: `${expectation(schema, path)}${takes}`,
  };
}

/** "2 at least", of a list that is too short or too long. */
function lengthProblem(told: Issue): string | null {
  if (told.code === 'too_small' && told.origin === 'array') return `${told.minimum} at least`;
  if (told.code === 'too_big' && told.origin === 'array') return `${told.maximum} at most`;
  return null;
}

/** Of a union, the alternative that fits best: with the fewest problems, and those deepest inside. */
function innermost(issue: Issue, above: readonly PropertyKey[]): { path: string[]; told: Issue } {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const [best] = issue.errors
      .filter(problems => problems.length > 0)
      .map(problems => ({ problems, depth: Math.max(...problems.map(problem => problem.path.length)) }))
      .sort((a, b) => a.problems.length - b.problems.length || b.depth - a.depth);
    if (best) return innermost(best.problems[0]!, path);
  }
  return { path: path.map(String), told: issue };
}

/** What the description of the field says, as its author meant it. */
function expectation(schema: z.ZodObject, path: readonly string[]): string {
  const described = (schema.shape[path[0] ?? ''] as z.ZodType | undefined)?.description;
  return described === undefined ? '' : `${path[0]}: ${described.replace(/[.;]?$/, '.')} `;
}

/** Names of the fields of an object inside; none where the path leads through unions. */
function keysAt(schema: z.ZodType, path: readonly string[]): string[] {
  const inner = path.reduce<z.ZodType | undefined>(step, schema);
  const bare = inner && unwrapped(inner);
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
}

function step(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
  const bare = schema && unwrapped(schema);
  if (bare instanceof z.ZodObject) return bare.shape[key] as z.ZodType | undefined;
  return bare instanceof z.ZodArray ? (bare.element as z.ZodType) : undefined;
}

function unwrapped(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap() as z.ZodType)
    : schema;
}

function lower(message: string): string {
  return message
    .replace(/^Invalid input: /, '')
    .replace(/\.$/, '')
    .replace(/^[A-Z](?=[a-z])/, letter => letter.toLowerCase());
}

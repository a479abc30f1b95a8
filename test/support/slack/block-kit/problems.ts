import type { z } from 'zod';

/** What is wrong, as Slack says it: the reason, and where. */
export function problemsOf(schema: z.ZodType, value: unknown, at: readonly PropertyKey[]): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).flatMap(issue => told(issue, at));
}

export const problem = (reason: string, at: readonly PropertyKey[]) =>
  `${reason} [json-pointer:/${at.map(String).join('/')}]`;

type Issue = z.core.$ZodIssue;

function told(issue: Issue, above: readonly PropertyKey[]): string[] {
  const at = [...above, ...issue.path];
  switch (issue.code) {
    case 'too_big':
      return [problem(most(issue.origin, Number(issue.maximum)), at)];
    case 'too_small':
      return [problem(least(issue.origin, Number(issue.minimum)), at)];
    case 'unrecognized_keys':
      return issue.keys.map(key => problem(`unknown field: ${key}`, at));
    case 'invalid_type':
      return [
        problem(
          issue.input === undefined
            ? `missing required field: ${String(at.at(-1))}`
            : `must be a valid ${issue.expected}`,
          at,
        ),
      ];
    case 'invalid_union':
      // One that matched by its type tells what is wrong with it; otherwise no type did.
      return [problem('unsupported type', at)];
    default:
      return [problem(issue.message, at)];
  }
}

function most(of: string, most: number): string {
  if (of === 'string') return `must be less than ${most + 1} characters`;
  return of === 'array' ? `no more than ${most} items allowed` : `must be at most ${most}`;
}

function least(of: string, least: number): string {
  if (of === 'string') return `must be more than ${least - 1} characters`;
  return of === 'array' ? `no fewer than ${least} items allowed` : `must be at least ${least}`;
}

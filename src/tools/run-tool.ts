import type { z } from 'zod';
import { InputError } from '../errors.ts';
import { didYouMean, quoted } from '../segmentation/audiences/filter/resolve/errors.ts';
import { inputProblem } from './inputs/input-problem.ts';
import { tools } from './registry.ts';
import type { Role, Tool, ToolContext } from './tool.ts';

const rank: Readonly<Record<Role, number>> = { viewer: 0, analyst: 1, approver: 2 };

/** What a call gave, with the tool it came from: its schema says what the numbers mean. */
export interface ToolResult {
  tool: Tool;
  output: Record<string, unknown>;
}

/**
 * The one way in which any surface runs a tool: finds it, checks the role, reads the input, runs it in a turn of its
 * own, and holds the result to its schema.
 *
 * @throws InputError where the name, the role or the input is wrong, naming the path; the signal's reason where the
 *   caller gave up; whatever the tool throws
 */
export async function runTool(
  context: ToolContext,
  name: string,
  input: unknown,
  registry: readonly Tool[] = tools,
): Promise<ToolResult> {
  const tool = findTool(name, registry);
  if (rank[context.role] < rank[tool.role])
    throw new InputError(
      `${tool.name} is for the role ${tool.role}; yours is ${context.role}.`,
      `Ask somebody who has the role ${tool.role} to do it.`,
    );
  const read = readInput(tool, input);
  context.signal?.throwIfAborted();
  const run = async () => {
    context.signal?.throwIfAborted();
    return tool.run(context, read);
  };
  const output = await (tool.takesTurns ? run() : context.turn(tool.name, run));
  return { tool, output: checkOutput(tool, output) };
}

/** An InputError with the nearest names where there is no such tool. */
export function findTool(name: string, registry: readonly Tool[] = tools): Tool {
  const found = registry.find(tool => tool.name === name);
  if (found) return found;
  const names = registry.map(tool => tool.name);
  throw new InputError(
    `There is no tool ${quoted(name)}.`,
    `${didYouMean(name, names) ?? ''} The tools are: ${names.join(', ')}.`.trim(),
  );
}

function readInput(tool: Tool, input: unknown): z.output<z.ZodObject> {
  const parsed = tool.input.strict().safeParse(withoutNulls(tool.input, input ?? {}));
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A field that is misspelt is also missing: the misspelling is what to tell.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const { what, next } = inputProblem(tool.input, issue);
  throw new InputError(`${tool.name}: ${what}`, next);
}

/** Models that fill in every field of a schema write null for what they do not say. */
function withoutNulls(schema: z.ZodObject, input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input;
  const said = Object.entries(input).filter(
    ([key, value]) => value !== null || schema.shape[key]?.safeParse(null).success === true,
  );
  return Object.fromEntries(said);
}

/** A result that breaks its schema is a defect of ours. What it held may be what must not leave, so it is not told. */
function checkOutput(tool: Tool, output: unknown): Record<string, unknown> {
  const parsed = tool.output.safeParse(output);
  if (parsed.success) return parsed.data;
  const { path, code } = parsed.error.issues[0]!;
  const where = path
    .map(step => (/^([a-z][A-Za-z0-9]*|\d+)$/.test(String(step)) ? String(step) : '*'))
    .join('.');
  throw new Error(`The result of ${tool.name} does not fit its schema at "${where}" (${code}).`);
}

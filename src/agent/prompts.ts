import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { codeOf, OperatorError } from '../errors.ts';

/** What a model is told by whoever asks it. */
export interface PromptText {
  /** The name of its file, without the ending. */
  id: string;
  /** Kept with every answer, so that texts and evals can be told apart by what they were asked with. */
  version: string;
  /** What it is for, in one sentence. */
  purpose: string;
  text: string;
}

/** What a model is told before we ask it. */
export interface Prompt extends PromptText {
  limits: {
    /** Of one reply. */
    maxTokens: number;
    /** How often the model is asked in all, where its answers are refused. */
    attempts: number;
  };
}

/** The package's own folder: two up from src/agent as from dist/agent. */
const promptsFolder = fileURLToPath(new URL('../../prompts', import.meta.url));

const head = {
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be the name of its file: lower-case words'),
  version: z.string().regex(/^\d+$/, 'must be a whole number; count it up with every change of the text'),
  purpose: z.string().min(1, 'must say in one sentence what it is for'),
};

const promptHead = z.strictObject({
  ...head,
  limits: z
    .string()
    .regex(/^\d+ output tokens, \d+ attempts?$/, 'must read as "8000 output tokens, 2 attempts"')
    .transform(text => {
      const [maxTokens, attempts] = text.match(/\d+/g)!.map(Number);
      return { maxTokens: maxTokens!, attempts: attempts! };
    })
    .refine(({ maxTokens, attempts }) => maxTokens > 0 && attempts > 0, 'must be above nought'),
});

/** Reads `prompts/<id>.md`. OperatorError where there is no such file or it is broken. */
export async function readPrompt(id: string, folder = promptsFolder): Promise<Prompt> {
  const path = join(folder, `${id}.md`);
  return parsePrompt(await textOf(path), id, path);
}

/** Reads `prompts/mcp/<id>.md`: what the model of an MCP client is told, whose limits are not ours. */
export async function readMcpPrompt(id: string, folder = join(promptsFolder, 'mcp')): Promise<PromptText> {
  const path = join(folder, `${id}.md`);
  return parse(z.strictObject(head), await textOf(path), id, path);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new OperatorError(`There is no prompt ${path}.`, 'Install Kindred again, or restore the file.');
  }
}

/**
 * A prompt file: lines of `key: value` between two lines of `---`, then the text. Not YAML: a value is all that stands
 * after the first colon.
 */
export function parsePrompt(file: string, id: string, path: string): Prompt {
  return parse(promptHead, file, id, path);
}

function parse<Head extends { id: string }>(
  schema: z.ZodType<Head>,
  file: string,
  id: string,
  path: string,
): Head & { text: string } {
  const [, lines, text] = /^---\n(.*?)\n---\n(.*)$/s.exec(file.replaceAll('\r\n', '\n')) ?? [];
  if (lines === undefined || text === undefined)
    throw broken(path, 'does not begin with lines of "key: value" between two lines of "---"');
  const told = new Map<string, string>();
  for (const line of lines.split('\n')) {
    const [, key, value] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined)
      throw broken(path, `has the line "${line}", which is not "key: value"`);
    if (told.has(key)) throw broken(path, `says "${key}" twice`);
    told.set(key, value);
  }
  const parsed = schema.safeParse(Object.fromEntries(told));
  if (!parsed.success) {
    const { path: place, message } = parsed.error.issues[0]!;
    throw broken(path, `is wrong in its head: ${[place.join('.'), message].filter(Boolean).join(': ')}`);
  }
  if (parsed.data.id !== id) throw broken(path, `says that it is "${parsed.data.id}"`);
  if (text.trim() === '') throw broken(path, 'has no text');
  return { ...parsed.data, text: text.trim() };
}

function broken(path: string, how: string): OperatorError {
  return new OperatorError(
    `The prompt ${path} ${how}.`,
    'Correct the file, or restore the one of the release.',
  );
}

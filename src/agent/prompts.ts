import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { codeOf, OperatorError } from '../errors.ts';

/** What a model is told before it is asked. */
export interface Prompt {
  /** The name of its file, without the ending. */
  id: string;
  /** Kept with every answer, so that texts and evals can be told apart by what they were asked with. */
  version: string;
  /** What it is for, in one sentence. */
  purpose: string;
  limits: {
    /** Of one reply. */
    maxTokens: number;
    /** How often the model is asked in all, where its answers are refused. */
    attempts: number;
  };
  text: string;
}

/** The package's own folder: two up from src/agent as from dist/agent. */
const promptsFolder = fileURLToPath(new URL('../../prompts', import.meta.url));

const frontMatter = z.strictObject({
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'must be the name of its file: lower-case words'),
  version: z.string().regex(/^\d+$/, 'must be a whole number; count it up with every change of the text'),
  purpose: z.string().min(1, 'must say in one sentence what it is for'),
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
  let file: string;
  try {
    file = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new OperatorError(`There is no prompt ${path}.`, 'Install Kindred again, or restore the file.');
  }
  return parsePrompt(file, id, path);
}

/**
 * A prompt file: lines of `key: value` between two lines of `---`, then the text. Not YAML: a value is all that stands
 * after the first colon.
 */
export function parsePrompt(file: string, id: string, path: string): Prompt {
  const [, head, text] = /^---\n(.*?)\n---\n(.*)$/s.exec(file.replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || text === undefined)
    throw broken(path, 'does not begin with lines of "key: value" between two lines of "---"');
  const told = new Map<string, string>();
  for (const line of head.split('\n')) {
    const [, key, value] = /^(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || value === undefined)
      throw broken(path, `has the line "${line}", which is not "key: value"`);
    if (told.has(key)) throw broken(path, `says "${key}" twice`);
    told.set(key, value);
  }
  const parsed = frontMatter.safeParse(Object.fromEntries(told));
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

import { readFile } from 'node:fs/promises';
import { InputError } from '../errors.ts';
import { pathFrom } from './context.ts';
import type { Terminal } from './terminal.ts';

/** What was meant by `given`, which is the text itself, `@FILE`, or `-` for standard input; `what` names it in errors. */
export async function givenText(terminal: Terminal, given: string, what: string): Promise<string> {
  if (given === '-') {
    if (terminal.input) return withoutMark(await terminal.input());
    throw new InputError('There is no standard input here.', `Give the ${what} itself, or @FILE.`);
  }
  if (!given.startsWith('@')) return given;
  const path = pathFrom(terminal, given.slice(1));
  try {
    return withoutMark(await readFile(path, 'utf8'));
  } catch (error) {
    throw new InputError(
      `${path} cannot be read: ${(error as Error).message}`,
      `Give the file that holds the ${what}.`,
      { cause: error },
    );
  }
}

/** Some editors begin a file with a mark that JSON does not know. */
const withoutMark = (text: string) => text.replace(/^\uFEFF/, '');

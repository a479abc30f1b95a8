import { z } from 'zod';
import { InputError } from '../errors.ts';
import { givenText } from './given-text.ts';
import type { Terminal } from './terminal.ts';

const fields = z.record(z.string(), z.string());

/** Fields with their values from a file, or `-` for standard input: JSON, or a line each. Errors quote no value. */
export async function readAnswers(terminal: Terminal, from: string): Promise<Record<string, string>> {
  const text = (await givenText(terminal, from === '-' ? '-' : `@${from}`, 'fields')).trim();
  if (text.startsWith('{')) return ofJson(text);
  const answers: Record<string, string> = {};
  for (const [i, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    if (at < 1)
      throw new InputError(
        `Line ${i + 1} of the fields is not of the form field=value.`,
        'Write a field and its value in each line, such as private_key=…',
      );
    answers[line.slice(0, at).trim()] = line.slice(at + 1).trim();
  }
  return answers;
}

function ofJson(text: string): Record<string, string> {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    read = undefined;
  }
  const parsed = fields.safeParse(read);
  if (parsed.success) return parsed.data;
  throw new InputError(
    'The fields are not a JSON object whose values are texts.',
    'Write {"private_key": "…"}, or a line private_key=… for each field.',
  );
}

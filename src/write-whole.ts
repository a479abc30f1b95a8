import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from './errors.ts';

/**
 * Writes a file whole or not at all: a reader never sees half of it. `what` names it to a person: "The report".
 *
 * @throws OperatorError where it cannot be written, for a command that takes the place with --to
 */
export async function writeWhole(file: string, content: string | Uint8Array, what: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, content);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new OperatorError(
      `${what} could not be written to ${file}: ${(error as Error).message}`,
      'Choose another place with --to, or free some space.',
      { cause: error },
    );
  }
}

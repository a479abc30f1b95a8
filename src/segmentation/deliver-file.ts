import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, InputError, KindredError, OperatorError } from '../errors.ts';

/**
 * Has a file of people written where nobody else may read it, and puts it in place whole: at no moment is there half a
 * file, and what was there before stays until the new one is complete.
 *
 * @param write writes to the path that it is given, which has the ending of the file
 * @param before runs when the file is complete, before it is put in place; where it fails, nothing is
 */
export async function deliverFile<T>(
  file: string,
  write: (path: string) => Promise<T>,
  before: (written: T) => Promise<void>,
): Promise<T> {
  const target = resolve(file);
  const folder = dirname(target);
  const told = (error: unknown) => (error instanceof KindredError ? error : cannotWrite(target, error));
  const hidden = await mkdir(folder, { recursive: true })
    .then(() => mkdtemp(join(folder, '.kindred-')))
    .catch(error => {
      throw told(error);
    });
  try {
    const path = join(hidden, basename(target));
    const written = await write(path);
    await chmod(path, 0o600).catch(error => {
      throw told(error);
    });
    await before(written);
    await rename(path, target).catch(error => {
      throw told(error);
    });
    return written;
  } finally {
    await rm(hidden, { recursive: true, force: true });
  }
}

function cannotWrite(target: string, error: unknown): InputError | OperatorError {
  const said = error instanceof Error ? error.message : String(error);
  if (['ENOSPC', 'EDQUOT', 'EIO'].includes(codeOf(error)))
    return new OperatorError(`${target} cannot be written: ${said}`, 'Make room on the disk and try again.', {
      cause: error,
    });
  return new InputError(`${target} cannot be written: ${said}`, 'Choose another place with --to.', {
    cause: error,
  });
}

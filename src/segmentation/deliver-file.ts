import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { codeOf, InputError, KindredError, OperatorError } from '../errors.ts';

/** Hidden folders in which files are written, and what `mkdtemp` makes of it. */
const hiddenPrefix = '.kindred-export-';
const hiddenName = /^\.kindred-export-[A-Za-z0-9]{6}$/;
const dayMs = 24 * 60 * 60 * 1000;

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
  before: (written: T) => Promise<void> = async () => {},
): Promise<T> {
  const target = resolve(file);
  const folder = dirname(target);
  const told = (error: unknown) => (error instanceof KindredError ? error : cannotWrite(target, error));
  if ((await stat(target).catch(() => null))?.isDirectory())
    throw new InputError(
      `${target} cannot be written: it is a folder.`,
      'Choose the name of a file with --to.',
    );
  const hidden = await mkdir(folder, { recursive: true })
    .then(() => mkdtemp(join(folder, hiddenPrefix)))
    .catch(error => {
      throw told(error);
    });
  try {
    await removeLeftovers(folder, hidden);
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

/** What an export that was killed left behind holds people too. No export takes a day. */
async function removeLeftovers(folder: string, hidden: string): Promise<void> {
  const { mtimeMs: now } = await stat(hidden);
  for (const name of await readdir(folder)) {
    if (!hiddenName.test(name)) continue;
    const path = join(folder, name);
    // Another process may remove it first, or it may be somebody else's.
    const found = await stat(path).catch(() => null);
    if (found?.isDirectory() && now - found.mtimeMs > dayMs)
      await rm(path, { recursive: true, force: true }).catch(() => {});
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

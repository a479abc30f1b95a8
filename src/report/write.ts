import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { OperatorError } from '../errors.ts';
import { type ReportInput, renderReport } from './report.ts';

/** Writes the report whole or not at all: a reader never sees half a page. */
export async function writeReport(file: string, input: ReportInput): Promise<void> {
  const html = renderReport(input);
  const draft = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(draft, html);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw new OperatorError(
      `The report could not be written to ${file}: ${(error as Error).message}`,
      'Choose another place with --to, or free some space.',
      { cause: error },
    );
  }
}

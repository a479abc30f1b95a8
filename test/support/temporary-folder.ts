import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TemporaryFolder {
  path: string;
  /** The path of a name inside it. */
  file(name: string): string;
  remove(): void;
}

export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'kindred-test-'));
  return {
    path,
    file: name => join(path, name),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

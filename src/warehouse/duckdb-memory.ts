import { statSync } from 'node:fs';
import { totalmem } from 'node:os';

/**
 * Memory for DuckDB in MB: twice the size of the file keeps the feature queries from spilling, 300 is enough to import
 * into an empty one, and part of the machine is left to others.
 */
export function memoryFor(file: string): number {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const megabyte = 2 ** 20;
  return Math.round(Math.min(Math.max(300, (2 * bytes) / megabyte), (0.6 * totalmem()) / megabyte));
}

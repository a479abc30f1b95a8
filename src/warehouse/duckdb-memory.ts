import { statSync } from 'node:fs';
import { totalmem } from 'node:os';

/**
 * Memory for DuckDB in MB: 1.6 times the size of the file keeps feature queries from spilling much, 300 is enough to import
 * into an empty one, and part of the machine is left to others. docs/benchmarks.md says what the process takes in all.
 */
export function memoryFor(file: string): number {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const megabyte = 2 ** 20;
  return Math.round(Math.min(Math.max(300, (1.6 * bytes) / megabyte), (0.6 * totalmem()) / megabyte));
}

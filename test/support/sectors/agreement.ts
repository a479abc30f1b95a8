import { readFile } from 'node:fs/promises';
import { adjustedRandIndex } from '../../../src/clustering/metrics.ts';

/** How the customers of a file of memberships (CSV) fall on the types that they were made from. */
export interface Agreement {
  /** Adjusted Rand index over those who are in a segment: 1 where segments are the types, 0 where by chance. */
  rand: number;
  /** By type: the key of the segment that most of its customers are in. */
  segmentOf: Record<string, string>;
}

export async function agreementWith(truth: ReadonlyMap<string, string>, file: string): Promise<Agreement> {
  const [header, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const names = header!.split(',');
  const [id, key] = [names.indexOf('customer_id'), names.indexOf('segment_key')];
  const pairs = lines
    .map(line => line.split(','))
    .map(cells => ({ type: truth.get(cells[id]!)!, segment: cells[key]! }))
    .filter(({ segment }) => segment !== 'set-aside');
  const numbered = (values: readonly string[]) => {
    const all = [...new Set(values)];
    return values.map(value => all.indexOf(value));
  };
  const counts = new Map<string, Map<string, number>>();
  for (const { type, segment } of pairs) {
    const of = counts.get(type) ?? new Map<string, number>();
    counts.set(type, of.set(segment, (of.get(segment) ?? 0) + 1));
  }
  const largest = (of: Map<string, number>) => [...of].toSorted((a, b) => b[1] - a[1])[0]![0];
  return {
    rand: adjustedRandIndex(
      numbered(pairs.map(({ type }) => type)),
      numbered(pairs.map(({ segment }) => segment)),
    ),
    segmentOf: Object.fromEntries([...counts].map(([type, of]) => [type, largest(of)])),
  };
}

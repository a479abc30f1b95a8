import { createHash } from 'node:crypto';
import { plainJson } from '../../state/plain-json.ts';
import type { Filter } from './filter/filter.ts';

/** Hex digits of a handle: enough to be told apart, few enough to be said. */
const usual = 8;

/**
 * The handle of a filter: "a-" and the first digits of the SHA-256 of its canonical JSON, so that the same question has
 * the same handle. A filter whose handle another one bears already gets a longer one.
 *
 * @param bearer what bears a handle, where anything does
 * @returns `held`: what bears the handle because it asks the same
 */
export async function handleFor<Bearer extends { filter: Filter }>(
  filter: Filter,
  bearer: (handle: string) => Promise<Bearer | undefined>,
): Promise<{ handle: string; held: Bearer | undefined }> {
  const digest = createHash('sha256').update(canonicalFilter(filter)).digest('hex');
  for (let digits = usual; ; digits *= 2) {
    const handle = `a-${digest.slice(0, digits)}`;
    const held = await bearer(handle);
    if (!held || sameFilter(held.filter, filter)) return { handle, held };
    if (digits >= digest.length) throw new Error(`Two filters have the same SHA-256: ${digest}.`);
  }
}

export function sameFilter(one: Filter, other: Filter): boolean {
  return canonicalFilter(one) === canonicalFilter(other);
}

/**
 * One text for all filters that ask the same in other words: keys in order, lists of names and of clauses in order and
 * without repeats, a list of one as the one. As the state keeps it, so that a saved filter has the text it was saved by.
 */
export function canonicalFilter(filter: Filter): string {
  return JSON.stringify(canonical(plainJson(filter, 'filter')));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = new Map(value.map(canonical).map(item => [JSON.stringify(item), item]));
    const ordered = [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
    return ordered.length === 1 ? ordered[0] : ordered;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .map(([key, item]) => [key, canonical(item)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const [only] = entries;
  const listed = only && (only[0] === 'all' || only[0] === 'any') && !Array.isArray(only[1]);
  return entries.length === 1 && listed ? only[1] : Object.fromEntries(entries);
}

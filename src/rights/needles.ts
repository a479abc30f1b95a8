import { createHash } from 'node:crypto';
import type { Person } from './person.ts';

/** What stands in a text in place of what named somebody. */
const inPlace = '[erased]';

/** How texts and files are searched for somebody. */
export interface Needles {
  /** Lower case: what is looked for anywhere. */
  words: readonly string[];
  /** Cells of a list that are theirs: the words, and their hashes as advertising platforms take them. */
  cells: ReadonlySet<string>;
  redacted: (text: string) => string;
}

const shortestBareId = 6;

/** Short numbers and plain words are found in any text: as ids they are looked for with their source only. */
const tellsByItself = (id: string) => id.includes('@') || (id.length >= shortestBareId && /\d/.test(id));

export function needlesOf({ profileId, ids, emails, phones, orders }: Person): Needles {
  const named = [
    ...emails,
    ...phones.flatMap(({ phone }) => [phone, phone.replace(/^\+/, '')]),
    ...ids.map(({ source, id }) => `${source}/${id}`),
    ...ids.flatMap(({ id }) => (tellsByItself(id) ? [id] : [])),
    ...(profileId ? [profileId] : []),
  ];
  const words = [...new Set(named.map(word => word.toLowerCase()))]
    .filter(word => word.length >= 3)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const hashed = (text: string) => createHash('sha256').update(text).digest('hex');
  const cells = new Set([
    ...words,
    ...words.map(hashed),
    ...orders.filter(({ id }) => tellsByItself(id)).map(({ id }) => id.toLowerCase()),
  ]);
  const patterns = words.map(
    // Not within another address: joanna@ is not anna@.
    word =>
      new RegExp(`(?<![\\p{L}\\p{N}._%+-])${escaped(word)}(?![\\p{L}\\p{N}_%+-]|\\.[\\p{L}\\p{N}])`, 'giu'),
  );
  return {
    words,
    cells,
    redacted: text => patterns.reduce((left, pattern) => left.replace(pattern, inPlace), text),
  };
}

function escaped(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

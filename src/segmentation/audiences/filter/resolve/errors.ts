import { InputError } from '../../../../errors.ts';
import { formatCount } from '../../../wording.ts';
import { nearestNames } from '../nearest-names.ts';

/** Where in a filter something stands, in words, from the outside in: ["clause 2", "alternative 1"]. */
export type Path = readonly string[];

/** An InputError that says where, what is wrong and what to do instead. */
export function wrong(path: Path, what: string, next: string): InputError {
  const where = path.join(', ');
  return new InputError(where ? `${where.charAt(0).toUpperCase()}${where.slice(1)}: ${what}` : what, next);
}

/** A value as JSON on one line, short enough for a message. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return shownList(value);
  if (value === null) return 'null';
  if (value === '') return 'blank';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string')
    return value.length > 200 ? `a text of ${formatCount(value.length)} letters` : quoted(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : `a ${typeof value}`;
}

function shownList(values: readonly unknown[]): string {
  if (values.length === 0) return 'an empty list';
  const odd = values.find(value => typeof value !== 'string' || value === '' || value.length > 200);
  return odd === undefined || Array.isArray(odd)
    ? `a list of ${formatCount(values.length)}`
    : `a list that holds ${shown(odd)}`;
}

export function quoted(text: string): string {
  const line = text
    .slice(0, 300)
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= 60 && text.length <= 300 ? `"${line}"` : `"${letters.slice(0, 60).join('')}…"`;
}

/** "Did you mean a, b or c?", or nothing where no name is like it. */
export function didYouMean(wanted: string, names: readonly string[]): string | null {
  const near = nearestNames(wanted, names);
  return near.length === 0 ? null : `Did you mean ${either(near)}?`;
}

/** "a, b or c". */
export function either(names: readonly string[]): string {
  if (names.length < 2) return names.join('');
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

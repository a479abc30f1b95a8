import type { z } from 'zod';
import { clauseShapes } from '../filter.ts';
import { didYouMean, type Path, quoted, shown, wrong } from './errors.ts';
import { boundNames } from './range.ts';

export type ClauseKind = keyof typeof clauseShapes;
export type Given<Kind extends ClauseKind> = z.infer<(typeof clauseShapes)[Kind]>;
export type Plain = Readonly<Record<string, unknown>>;

const aRange = 'a range, as {"atLeast":2}: of atLeast, atMost, above and below at least one';
const aDay = 'a day, as "2026-11-01"';
const someNames = 'a name, or a list of up to 100 names';

/** What each word of a clause is followed by; the names that are not listed are names of things. */
const expected: Readonly<Record<string, string>> = {
  field: 'the id of a field, as "churn_probability"',
  segment: 'the key or name of a segment, or a list of them',
  moved: 'an object, as {"moved":{"from":"loyal","to":"lapsed","within":90}}',
  orders: 'an object, as {"orders":{"count":{"atLeast":2},"within":365}}',
  events: 'an object, as {"events":{"type":"Email Link Clicked","within":30}}',
  is: 'a word, a list of words, a number, true or false',
  known: 'true or false',
  discounted: 'true or false',
  count: aRange,
  value: aRange,
  within: 'a whole number of days from 1 to 36,500',
  since: aDay,
  until: aDay,
  atLeast: 'a number',
  atMost: 'a number',
  above: 'a number',
  below: 'a number',
};

/** Whether a value is what a JSON object is read as. */
export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A clause of the kind, or an InputError that says which word of it is wrong. What is null was not said. */
export function checkShape<Kind extends ClauseKind>(kind: Kind, given: Plain, path: Path): Given<Kind> {
  const said = withoutNulls(given);
  const checked = clauseShapes[kind].safeParse(said);
  if (checked.success) return checked.data as Given<Kind>;
  const issue = checked.error.issues[0]!;
  const at = issue.path.map(String);
  const word = at.findLast(step => step in expected || !/^\d+$/.test(step)) ?? kind;
  if (issue.code === 'unrecognized_keys')
    throw unknownWord(issue.keys[0] ?? '', at.at(-1) ?? null, kind, path);
  const value = at.reduce<unknown>((inner, step) => (isPlain(inner) ? inner[step] : inner), said);
  if (value === undefined)
    throw wrong(
      path,
      `"${at.slice(0, -1).join('.') || kind}" needs "${word}".`,
      `It is ${expected[word] ?? someNames}.`,
    );
  throw wrong(
    path,
    `"${at.filter(step => !/^\d+$/.test(step)).join('.') || kind}" has to be ${expected[word] ?? someNames}, not ${shown(value)}.`,
    word === 'count' || word === 'value'
      ? 'For exactly 2 write {"atLeast":2,"atMost":2}.'
      : `An example: ${examples[kind]}`,
  );
}

const examples: Readonly<Record<ClauseKind, string>> = {
  field: '{"field":"churn_probability","below":0.6}',
  segment: '{"segment":["loyal","new buyers"]}',
  moved: '{"moved":{"to":"lapsed","within":90}}',
  orders: '{"orders":{"category":"Outerwear","count":{"atLeast":2},"since":"2026-01-01"}}',
  events: '{"events":{"type":"Product Viewed","count":{"atLeast":3},"within":7}}',
};

/** An example of each kind of clause, for who said none. */
export const exampleClauses: readonly string[] = Object.values(examples);

const inner = (kind: 'moved' | 'orders' | 'events') =>
  Object.keys((clauseShapes[kind].shape as Readonly<Record<string, z.ZodObject>>)[kind]!.shape);

/** What is said of a word that no clause begins with, where it belongs into one; otherwise null. */
export function whereItStands(word: string): string | null {
  if (Object.hasOwn(clauseShapes.field.shape, word)) return `Beside "${word}" the "field" is missing.`;
  const kinds = (['orders', 'events', 'moved'] as const).filter(kind => inner(kind).includes(word));
  return kinds.length === 0
    ? null
    : `"${word}" stands inside ${kinds.map(kind => `"${kind}"`).join(' or ')}, as {"${kinds[0]}":{"${word}":…}}.`;
}

function unknownWord(word: string, within: string | null, kind: ClauseKind, path: Path) {
  const words =
    within === 'count' || within === 'value'
      ? boundNames
      : within === 'moved' || within === 'orders' || within === 'events'
        ? inner(within)
        : Object.keys(clauseShapes[kind].shape);
  if (within === null && kind !== 'field' && kind !== 'segment' && inner(kind).includes(word))
    return wrong(path, `"${word}" stands beside "${kind}".`, `Put it inside: {"${kind}":{"${word}":…}}.`);
  return wrong(
    path,
    `"${within ?? kind}" knows no ${quoted(word)}.`,
    `${didYouMean(word, words) ?? ''} It may say: ${words.join(', ')}.`.trim(),
  );
}

/** Callers that fill in every word of a schema write null for what they do not say. */
function withoutNulls(given: Plain, deep = 2): Plain {
  return Object.fromEntries(
    Object.entries(given)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, deep > 0 && isPlain(value) ? withoutNulls(value, deep - 1) : value]),
  );
}

import { keptOut } from '../../../../governance/kept-out.ts';
import { fence, formatCount } from '../../../wording.ts';
import type { NamesGiven } from '../filter.ts';
import { nearestNames, plainName } from '../nearest-names.ts';
import type { Words } from '../resolved.ts';
import type { Entry } from '../vocabulary.ts';
import { either, type Path, quoted, wrong } from './errors.ts';

/** So many names fit into a message. */
const fewNames = 20;

/** One name and a list of one are the same; each name once, in the order of the letters. */
export function namesOf(given: NamesGiven): string[] {
  return [...new Set([given].flat())].sort();
}

/** What a list of names is kept as. */
export function namesKept(names: readonly string[]): NamesGiven {
  const sorted = namesOf([...names]);
  return sorted.length === 1 ? sorted[0]! : sorted;
}

export interface Sought {
  /** What a name is of, as in "There is no category …". */
  what: string;
  /** Plural: "categories". */
  all: string;
  entries: readonly Entry[];
  /** A name may be that of one customer: none is told to who does not know it. */
  secret?: true;
  /** Names of goods may tell of a protected trait, which nobody may be chosen by. */
  goods: boolean;
  /** Names, of goods or not, that nobody may be chosen by. */
  blockedTerms: readonly string[];
}

/**
 * The values that names stand for, whatever their case and, where no value is written so, whatever marks stand between
 * their words. An InputError with the nearest names where one is not there.
 */
export function findWords(given: NamesGiven, sought: Sought, path: Path): Words {
  const said = new Set<string>();
  const values = new Set<string>();
  const byCase = new Map<string, Entry[]>();
  for (const entry of sought.entries) {
    const folded = foldCase(entry.name);
    const same = byCase.get(folded);
    if (same) same.push(entry);
    else byCase.set(folded, [entry]);
  }
  for (const name of namesOf(given)) {
    const found = byCase.get(foldCase(name)) ?? likeIt(name, sought.entries);
    if (found.length === 0) throw unknownName(name, sought, path);
    refuseKeptOut(sameThings(found, sought.entries), sought, path);
    said.add(found[0]!.name);
    for (const { value } of found) values.add(value);
  }
  return { said: [...said].sort(), values: [...values].sort() };
}

function likeIt(name: string, entries: readonly Entry[]): readonly Entry[] {
  const plain = plainName(name);
  return plain === '' ? [] : entries.filter(entry => plainName(entry.name) === plain);
}

function unknownName(name: string, { what, all, entries, secret }: Sought, path: Path) {
  if (secret)
    return wrong(
      path,
      `There is no ${what} ${quoted(name)}.`,
      `Write it as the orders have it: ${all} are not listed, as one may be a customer's own.`,
    );
  const spelled = firsts(entries, entry => plainName(entry.name)).map(entry => entry.name);
  const names = firsts(
    firsts(entries, entry => entry.value),
    entry => plainName(entry.name),
  ).map(entry => entry.name);
  const near = nearestNames(name, spelled).map(fence);
  const list =
    names.length === 0
      ? `There are no ${all} before the as-of date.`
      : names.length <= fewNames
        ? `The ${all} are: ${names.map(fence).join(', ')}.`
        : near.length > 0
          ? ''
          : `There are ${formatCount(names.length)} ${all}, as ${either(names.slice(0, 5).map(fence))}.`;
  return wrong(
    path,
    `There is no ${what} ${quoted(name)}.`,
    `${near.length > 0 ? `Did you mean ${either(near)}? ` : ''}${list}`.trim(),
  );
}

/** The first of all that have the same key, in their order. */
function firsts<Of>(list: readonly Of[], key: (of: Of) => string): Of[] {
  const seen = new Set<string>();
  return list.filter(of => !seen.has(key(of)) && seen.add(key(of)));
}

/** "GRÖSSE" is "Größe", and accents may be letters of their own. */
function foldCase(name: string): string {
  return name.trim().normalize('NFC').toUpperCase().toLowerCase();
}

/** A product that is named by its SKU is called something as well. */
function sameThings(found: readonly Entry[], entries: readonly Entry[]): readonly Entry[] {
  const values = new Set(found.map(({ value }) => value));
  return entries.filter(({ value }) => values.has(value));
}

function refuseKeptOut(found: readonly Entry[], { what, goods, blockedTerms }: Sought, path: Path): void {
  const terms = keptOut(
    found.map(({ name }) => name),
    blockedTerms,
  );
  const term = terms.find(({ category }) => goods || category === 'blocked');
  if (!term) return;
  if (term.category === 'blocked')
    throw wrong(
      path,
      `The ${what} ${fence(term.term)} is blocked, so nobody is chosen by it.`,
      'Leave it out: what is blocked stays out of segments as well. `kindred governance report` says why it is.',
    );
  throw wrong(
    path,
    `The ${what} ${fence(term.term)} can tell of a protected trait (${term.category}), so nobody is chosen by it.`,
    'Leave it out: names of goods that match the lexicon of protected traits stay out of segments as well.',
  );
}

import { SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import { type Claim, claimsIn } from './claims.ts';
import { derivable, type Shown } from './derived.ts';
import type { Evidence, OwnedFact } from './evidence.ts';
import { among, joined, mayBeOf, type Words } from './measure-words.ts';
import { maskNames } from './names-in-text.ts';
import { ownersIn, withoutOwners } from './owners.ts';
import { wayOf } from './ways.ts';
import { wordsBeside } from './words-beside.ts';

/** A figure, date or handle of an answer that nothing bears out. */
export interface Unsupported {
  /** As it stands in the text, with the word that follows. */
  text: string;
  /** One sentence, for whoever wrote it. */
  why: string;
}

/**
 * What an answer says that neither the results of tools nor the question bear out. A figure passes where a result holds
 * it, in its unit and within the digits that were written, and told of the segment that its line names; where the
 * question said it; or where it follows from two figures beside it.
 */
export function unsupportedIn(answer: string, evidence: Evidence): Unsupported[] {
  const { text, dates, names } = maskNames(answer);
  const claims = claimsIn(text);
  const lines = ownersByLine(answer, evidence);
  const words = wordsBeside(withoutOwners(text, evidence.owners), claims).map((beside, i) =>
    claims[i]!.unit === 'people' ? countingCustomers(beside) : beside,
  );
  const shown: Shown[] = claims.map((claim, i) => ({
    claim,
    facts: factsFor({ claim, words: words[i]!, owners: lines[claim.line]! }, evidence),
  }));
  const found = shown.filter(({ facts }) => facts.length > 0);
  // A sum may be told as a share of something; nothing else is built on what was worked out.
  const sums = claims
    .filter(({ unit }) => unit === 'money' || unit === 'people' || unit === null)
    .filter(claim => !found.some(each => each.claim === claim) && derivable(claim, beside(claim, found)))
    .map(
      (claim): Shown => ({
        claim,
        facts: [{ value: claim.value, unit: claim.unit === 'money' ? 'money' : 'count' }],
      }),
    );
  const figures = shown.flatMap(({ claim, facts }, i): Unsupported[] => {
    if (facts.length > 0 || mayBeSaid(claim, evidence)) return [];
    const others = claim.unit === 'share' ? [...found, ...sums] : found;
    if (derivable(claim, beside(claim, others))) return [];
    return [
      { text: saidOf(claim), why: whyNot({ claim, words: words[i]!, owners: lines[claim.line]! }, evidence) },
    ];
  });
  return [
    ...dates.flatMap(({ written, day }) =>
      [...evidence.days].some(known => known === day || (day.length === 5 && known.endsWith(day)))
        ? []
        : [{ text: written, why: `no result names the date ${written}.` }],
    ),
    ...names.flatMap(name =>
      evidence.names.has(name.toLowerCase()) ? [] : [{ text: name, why: `no result names ${name}.` }],
    ),
    ...figures,
  ];
}

/** "Write to the 1,358 customers about what they bought" counts customers, whatever else its words speak of. */
const countingCustomers = (words: Words): Words =>
  words.things.size === 0 ? words : { ...words, things: new Set([...words.things, 'customers']) };

/** A figure of the answer, what it is said to be of, and the segments that it may be told of. */
interface Said {
  claim: Claim;
  words: Words;
  owners: ReadonlySet<string>;
}

function factsFor(said: Said, { facts }: Evidence): OwnedFact[] {
  const told = measuredIn(said, facts);
  const { claim } = said;
  return facts.filter(
    fact =>
      bearsOut(fact, claim) && isOwned(fact, said) && mayBeOf(told, fact.words) && isSameWay(fact, claim),
  );
}

const isOwned = ({ owner }: OwnedFact, { owners }: Said) =>
  owners.size === 0 || owner === null || owners.has(owner);

const isSameWay = (fact: OwnedFact, claim: Claim) => fact.way * wayOf(claim.clause) >= 0;

/** Words that no figure of the kind is told by bind nothing. */
function measuredIn({ claim, words }: Said, facts: readonly OwnedFact[]): Words {
  const known = joined(...facts.filter(fact => unitFits(fact, claim)).map(fact => fact.words));
  return among(words, known);
}

function bearsOut(fact: OwnedFact, claim: Claim): boolean {
  if (fact.under) return claim.bound === fact.value;
  if (!unitFits(fact, claim)) return false;
  const { unit } = fact;
  const value = Math.abs(fact.value);
  // Between nought and a bound lies too much: the bound itself has to be told, or stand for what rounds to nought.
  if (claim.bound !== null)
    return (
      Math.abs(value - claim.bound) < 1e-9 || (unit === 'share' && claim.bound <= 0.001 && value < 0.0005)
    );
  return Math.abs(value - claim.value) <= claim.rounding + 1e-12;
}

function unitFits({ unit, people }: OwnedFact, claim: Claim): boolean {
  switch (claim.unit) {
    case 'people':
      return people;
    case 'span':
      return unit === 'days';
    case null:
      // "a chance of 0.62" is a share that is written as such; "481 orders" is no money.
      if (unit === 'share') return claim.value <= 1 && claim.text.includes('.');
      return unit !== 'money' || !/^\s*\p{L}/u.test(claim.after);
    default:
      return unit === claim.unit;
  }
}

/** Figures that need no result. */
function mayBeSaid(claim: Claim, { asked, phrases, lengths }: Evidence): boolean {
  if (isLeastReported(claim) || phrases.has(claim.phrase)) return true;
  if (asked.some(said => said.value === claim.value && sameKind(said, claim))) return true;
  if (claim.unit !== null || !Number.isInteger(claim.value) || claim.value > 12) return false;
  if (things.test(claim.after)) return true;
  const fields = lists.find(([pattern]) => pattern.test(claim.after))?.[1] ?? [];
  return fields.some(field => lengths.has(`${field} ${claim.value}`));
}

/** "fewer than 10", which says that a figure is withheld. */
const isLeastReported = ({ value, bound, unit, before }: Claim) =>
  (unit === null || unit === 'people') &&
  (bound === SMALLEST_REPORTED ||
    (value === SMALLEST_REPORTED && /(?:fewer than|less than|under|below|at least|<|≥)\s*$/i.test(before)));

/** A question's "2,000" may be said as "£2,000"; its "500 orders" not as "500 customers". */
const sameKind = (said: Claim, claim: Claim) =>
  said.unit === claim.unit || (claim.unit !== 'people' && (said.unit === null || claim.unit === null));

/** What an answer counts of its own. */
const things =
  /^\s+(?:steps?|ways?|things?|options?|reasons?|questions?|points?|choices|checks?|caveats?)\b/i;
/** What it counts of a list that a result holds, and the names of such lists. */
const lists: readonly (readonly [RegExp, readonly string[]])[] = [
  ['segments?|groups?', ['segments', 'found']],
  ['audiences?', ['audiences']],
  ['proposals?', ['openProposals']],
  ['findings?', ['findings']],
  ['moves?', ['moves', 'sentences']],
  ['features?', ['features', 'setsApart', 'standsOut', 'apart', 'carrying']],
  ['categories|names', ['names']],
].map(([nouns, fields]) => [new RegExp(`^\\s+(?:\\w+\\s+){0,2}(?:${nouns})\\b`, 'i'), fields as string[]]);

/** Shares and changes have to follow from their own line; sums and differences may span a paragraph. */
function beside(claim: Claim, shown: readonly Shown[]): Shown[] {
  return shown.filter(({ claim: other }) =>
    claim.unit === 'share' ? other.line === claim.line : Math.abs(other.line - claim.line) <= 8,
  );
}

/** A line that names no segment may speak of any that the answer names; where it names none, of all. */
function ownersByLine(answer: string, evidence: Evidence): ReadonlySet<string>[] {
  const named = answer.split('\n').map(line => ownersIn(line, evidence.owners));
  const all = new Set(named.flatMap(line => [...line]));
  return named.map(line => (line.size > 0 ? line : all));
}

/** A bare number says little without its word. */
const saidOf = ({ text, phrase, unit }: Claim) =>
  unit === 'share' || unit === 'money' || unit === 'days' ? text : phrase;

function whyNot({ claim, words, owners }: Said, { facts }: Evidence): string {
  const { unit } = claim;
  const phrase = saidOf(claim);
  if (unit === 'people' && claim.value < SMALLEST_REPORTED)
    return `"${phrase}" counts fewer than 10 customers, which is never told.`;
  const same = facts.filter(fact => bearsOut(fact, claim));
  const own = same.filter(fact => isOwned(fact, { claim, words, owners }));
  const [elsewhere] = same;
  if (own.length === 0 && elsewhere?.owner)
    return `"${phrase}" is told of "${elsewhere.owner}", not of the segment that the answer names there.`;
  if (own.length === 0)
    return `"${phrase}" is in no result${unit === 'share' ? ', and follows from no two figures of its line' : ''}.`;
  if (own.every(fact => !isSameWay(fact, claim)))
    return `"${phrase}" is told the other way round: what rose is said to have fallen, or what fell to have risen.`;
  return `"${phrase}" is told of something else than the words beside it say.`;
}

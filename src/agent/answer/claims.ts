import { numbersIn, type WrittenNumber } from '../../segmentation/written-numbers.ts';
import { spelledNumbers } from '../checks/spelled-numbers.ts';

/** A figure of an answer, and what the words beside it say that it counts. */
export interface Claim extends Omit<WrittenNumber, 'unit'> {
  /** `people`: of customers. `span`: days that were written as weeks, months or years. */
  unit: WrittenNumber['unit'] | 'people' | 'span';
  /** With the word that follows it, in lower case: "12 months". */
  phrase: string;
  /** Where it stands in the text. */
  at: number;
  /** The line that it stands in, from 0. */
  line: number;
  /** What follows it in its line. */
  after: string;
  /** What stands before it in its line. */
  before: string;
  /** The clause that it stands in. */
  clause: string;
}

const people =
  /^(?:\*\*|\*|`)?\s+(?:(?!orders?\b|of\b|per\b|times\b|and\b|or\b|in\b)[\w’'-]+\s+){0,2}(?:customers?|people|persons?|buyers?|shoppers?|profiles?|members?|contacts?)\b(?!\s+(?:groups?|segments?|types?|of\b|lists?|with an?\b))(?!['’]s?\b)/i;
const span = /^\s*-?\s*(weeks?|months?|years?)\b/i;
const lengths: Readonly<Record<string, number>> = { week: 7, month: 365 / 12, year: 365 };
/** "10–20 %" and "30 to 60 days": the unit that follows is meant for both. */
const range = /^\s?(?:–|-|to|and)\s?$/;

/** "One customer" and "two hundred" count in ways of their own. */
const inWords = Object.fromEntries(
  Object.entries(spelledNumbers).filter(([word]) => word !== 'one' && !word.endsWith('hundred')),
);
const numberInWords = new RegExp(
  `\\b(?:${Object.keys(inWords)
    .sort((a, b) => b.length - a.length)
    .join('|')})\\b`,
  'gi',
);

/** The figures of a text in which names and dates were blanked; also those in words that count customers or say per cent. */
export function claimsIn(text: string): Claim[] {
  const claims: Claim[] = [];
  let from = 0;
  for (const number of numbersIn(text)) {
    const at = text.indexOf(number.text, from);
    from = at + number.text.length;
    claims.push(claimAt(text, number, at));
  }
  for (let i = claims.length - 2; i >= 0; i--) inheritUnit(text, claims[i]!, claims[i + 1]!);
  return [...claims, ...claimsInWords(text)].sort((a, b) => a.at - b.at);
}

function claimAt(text: string, number: WrittenNumber, at: number): Claim {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = at + number.text.length;
  const lineEnd = text.indexOf('\n', end);
  const after = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
  const claim: Claim = {
    ...number,
    at,
    line: text.slice(0, at).split('\n').length - 1,
    before: text.slice(start, at),
    after,
    clause: clauseAround(text.slice(start, at), number.text, after),
    phrase: phraseOf(number, after),
  };
  if (number.unit !== null) return claim;
  if (people.test(after)) return { ...claim, unit: 'people' };
  const [, word] = span.exec(after) ?? [];
  if (word === undefined) return claim;
  const length = lengths[word.toLowerCase().replace(/s$/, '')]!;
  return { ...claim, unit: 'span', value: number.value * length, rounding: number.rounding * length };
}

const clauseEnd = /[.;:!?](?=\s|$)|,\s(?=and\s|but\s|while\s|where)/;

function clauseAround(before: string, written: string, after: string): string {
  return `${before.split(clauseEnd).at(-1)}${written}${after.split(clauseEnd)[0]}`;
}

/** A number that carries its unit says enough; "12-month" and "12 months" are the same. */
function phraseOf({ text, unit }: WrittenNumber, after: string): string {
  const word = unit === null ? /^[\s-]*\w*/.exec(after)![0] : '';
  return `${text}${word}`
    .toLowerCase()
    .replaceAll(/[\s-]+/g, ' ')
    .replace(/ (week|month|year)$/, ' $1s')
    .trim();
}

function inheritUnit(text: string, claim: Claim, next: Claim): void {
  const between = text.slice(claim.at + claim.text.length, next.at);
  if (claim.unit !== null || !range.test(between)) return;
  if (next.unit === 'share')
    Object.assign(claim, { value: claim.value / 100, rounding: claim.rounding / 100 });
  if (next.unit === 'share' || next.unit === 'days' || next.unit === 'people') claim.unit = next.unit;
}

/** "seven customers" hides a figure as well as "7 customers" tells it. */
function claimsInWords(text: string): Claim[] {
  return [...text.matchAll(numberInWords)].flatMap(match => {
    const value = inWords[match[0].toLowerCase()]!;
    const written = { text: match[0], value, rounding: 1e-9, bound: null, unit: null };
    const claim = claimAt(text, written, match.index);
    // "Of two customers, the one who …" counts nobody.
    const anyTwo = value === 2 && /\b(?:of|any|between)\s$/i.test(claim.before);
    if (claim.unit === 'people') return anyTwo ? [] : [claim];
    if (!/^ per ?cent\b/i.test(claim.after)) return [];
    return [{ ...claim, value: value / 100, rounding: 0.005, unit: 'share' as const }];
  });
}

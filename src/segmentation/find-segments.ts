import { plainName } from './audiences/filter/nearest-names.ts';
import type { Model, Segment } from './model.ts';
import { type SegmentWord, segmentWords } from './segment-words.ts';
import { traits } from './traits.ts';

/** A segment that a description fits. */
export interface SegmentMatch {
  segment: Segment;
  /** 0..1: how much of what was understood it fits. */
  score: number;
  /** What it fits by, in words: "lapsed", "named “Bargain seekers”". */
  matched: string[];
}

export interface FoundSegments {
  /** Best first; empty where nothing fits. */
  matches: SegmentMatch[];
  /** Words that said nothing about segments here. */
  ignored: string[];
}

const LEAST_SCORE = 0.3;
/** A difference of this many standard deviations shows a trait fully. */
const FULL_DIFFERENCE = 1;
/** Of segments of a kind, one that is called by the word comes first. */
const OF_ITS_KIND = 0.99;
/** A segment that is like it and not called so fits a little less than one that is. */
const UNNAMED = 0.9;
/** Below it a trait is not told of a segment. */
const LEAST_DIFFERENCE = 0.3;

/**
 * The segments that a description in plain words speaks of: by name and archetype, by a small vocabulary of marketing
 * words, and by the words of their definitions and traits. Each thing said counts alike; a segment must fit the greater
 * part of it.
 */
export function findSegments({ segments }: Pick<Model, 'segments'>, description: string): FoundSegments {
  const said = understood(description);
  const rated = segments.map(segment => ({ segment, fits: said.map(term => fitOf(term, segment)) }));
  // A word that fits no segment tells nothing apart; one of the vocabulary was understood all the same.
  const telling = said.map((term, t) => term.known || rated.some(({ fits }) => fits[t]!.fit > 0));
  const count = telling.filter(Boolean).length;
  const matches = rated
    .map(({ segment, fits }) => {
      const told = fits.filter((_, t) => telling[t]);
      const score = told.reduce((sum, { fit }) => sum + fit, 0) / Math.max(1, count);
      return {
        segment,
        score: isNamed(segment, description) ? 1 : Math.max(0, score),
        matched: [...new Set(told.flatMap(({ fit, by }) => (fit > 0 ? [by] : [])))],
      };
    })
    .filter(({ score }) => score >= LEAST_SCORE);
  const place = new Map(segments.map((segment, i) => [segment, i]));
  return {
    matches: matches.sort((a, b) => b.score - a.score || place.get(a.segment)! - place.get(b.segment)!),
    ignored: said.filter((_, t) => !telling[t]).map(({ text }) => text),
  };
}

/** One thing that a description says. */
interface Term {
  text: string;
  known: SegmentWord | null;
  /** "not new", "without discounts". */
  denied: boolean;
}

/** Before a word that it denies, with up to three words between: "do not buy at a discount", "stopped opening our e-mails". */
const DENIAL =
  /\b(?:not|no|non|never|without|neither|nor|stop(?:s|ped)?|quit|ceased?|ignor(?:e|es|ed|ing)|rarely|hardly|isn't|aren't|don't|doesn't)[ -](?:(?!but|and|or|who|yet|that)[\w']+ ){0,3}$/;

/** The vocabulary first, then what words are left over. */
function understood(description: string): Term[] {
  let rest = ` ${description.slice(0, 1000).normalize('NFKC').toLowerCase().replaceAll('’', "'")} `;
  const terms: Term[] = [];
  for (const known of segmentWords) {
    const found = known.written.exec(rest);
    if (!found) continue;
    const denied = DENIAL.test(rest.slice(0, found.index));
    terms.push({ text: found[0], known, denied });
    rest = rest.replaceAll(new RegExp(known.written, 'g'), ' ');
  }
  const words = plainName(rest)
    .split(' ')
    .filter(word => word.length > 2 && !COMMON.has(word));
  return [...terms, ...[...new Set(words)].map(text => ({ text, known: null, denied: false }))];
}

const COMMON = new Set(
  "the and for are our who which what that with have has had been they them their there from into about this these those customers customer people buyers buyer shoppers shopper clients client segment segments group groups users user guests accounts show find list tell give want need can could should would will all any some not but yet still most more very much many lot lots than then when where how does did was were you your please like kind type ones who's order orders ordering ordered buy buys buying bought purchase shop us each every well know spend spending spent week today now".split(
    ' ',
  ),
);

interface Fit {
  /** -1..1: negative where a segment is the opposite. */
  fit: number;
  by: string;
}

function fitOf(term: Term, segment: Segment): Fit {
  return term.known ? knownFit(term.known, term.denied, segment) : wordFit(term.text, segment);
}

/** By archetype or name, or else by the mean of the wanted differences. */
function knownFit({ says, written, archetypes, wants }: SegmentWord, denied: boolean, segment: Segment): Fit {
  const directions = Object.entries(wants).flatMap(([id, sign]) => {
    const feature = segment.features.find(each => each.id === id);
    return feature ? [clip((sign * feature.difference) / FULL_DIFFERENCE)] : [];
  });
  const shown =
    directions.length > 0 ? directions.reduce((sum, each) => sum + each, 0) / directions.length : 0;
  const { archetype, name } = segment.persona;
  const named = shown >= 0 && written.test(name.toLowerCase());
  const ofKind = archetype !== null && archetypes.includes(archetype);
  const fit = named ? 1 : ofKind ? OF_ITS_KIND : UNNAMED * shown;
  if (denied) return { fit: -fit, by: `not: ${says}` };
  return { fit: Math.abs(fit) < LEAST_DIFFERENCE ? 0 : fit, by: says };
}

const clip = (value: number) => Math.max(-1, Math.min(1, value));

/** "few returns" does not stand for returns. */
const LITTLE = /\b(?:few|fewer|no|not|without|outside|low|small|rare)\b/i;

/** Words of the name say most, those of the definition and of what stands out less. */
function wordFit(word: string, { persona, features }: Segment): Fit {
  const has = (text: string) => plainName(text).split(' ').map(stem).includes(stem(word));
  if (has(persona.name)) return { fit: 1, by: `named so: “${word}”` };
  if (has(persona.sentence)) return { fit: 0.6, by: `in its definition: “${word}”` };
  const trait = features.some(({ id, label, difference }) => {
    if (Math.abs(difference) < LEAST_DIFFERENCE) return false;
    const words = difference > 0 ? traits[id]?.high : traits[id]?.low;
    const said = words ? [words.head, words.with] : difference > 0 ? [label] : [];
    return said.some(text => !LITTLE.test(text) && has(text));
  });
  return trait ? { fit: 0.6, by: `stands out by “${word}”` } : { fit: 0, by: '' };
}

function isNamed({ key, persona }: Segment, description: string): boolean {
  const plain = plainName(description);
  return [key, persona.name].some(name => plainName(name) === plain);
}

/** "buyers" and "buying" are "buy". */
function stem(word: string): string {
  return word.length <= 4 ? word.replace(/s$/, '') : word.replace(/(?:ing|ers?|ed|es|s)$/, '');
}

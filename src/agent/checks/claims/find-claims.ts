import { catalogue } from '../../../features/catalogue.ts';
import { phrasePattern, plainText, sentencesOf } from '../plain-text.ts';
import { claimEntries } from './lexicon.ts';

/** Something that a text says of features of the segment, against all customers or another segment. */
export interface Claim {
  /** The words, as plain text. */
  words: string;
  about: string;
  /** Direction by feature id: 1 above, -1 below. One of them must bear the claim out. */
  features: Readonly<Record<string, 1 | -1>>;
  /** It only denies the contrary, which figures that are about the same bear out as well. */
  denies: boolean;
  /** Its sentence, as plain text. */
  sentence: string;
  /** Whom the sentence sets the segment against ("the fading customers"); null: all customers. */
  against: string | null;
}

interface Found extends Omit<Claim, 'sentence' | 'against' | 'denies'> {
  start: number;
  end: number;
}

const patterns = claimEntries.flatMap(({ about, features, high, low, cues }) => [
  ...(high.length > 0 ? [{ about, features, cues, pattern: phrasePattern(high) }] : []),
  ...(low.length > 0 ? [{ about, features: flipped(features), cues, pattern: phrasePattern(low) }] : []),
]);

/** A feature's label says nothing by itself: "share who ordered once only (0.7 %)" calls nobody a one-time buyer. */
const labels = phrasePattern(
  catalogue.map(({ label }) => plainText(label).trim()).toSorted((a, b) => b.length - a.length),
);

const NEGATED =
  /(?: no(?! (?:other|group|segment|one|doubt))| nothing| none| neither| not| never| dont| do not| does not| without| no longer| hardly| rarely| seldom| nor)(?: \w+){0,2} $| less $/;
/** What denies without saying the contrary: "baskets are not large" is true of middling ones. */
const DENIED =
  /(?: no| nothing| none| neither| not| dont| do not| does not| without| no longer| nor)(?: \w+){0,2} $/;
const NOT_NEGATED = / not (?:only|just|merely|yet)(?: \w+){0,2} $/;
/** "52 % ordered once only" is a figure, which groundedness looks at; "than a bigger basket" is a manner of speaking. */
const NO_CLAIM =
  /(?: than an?| % (?:of (?:\w+ ){1,3})?(?:have |has |are |were |is )?(?:mostly |only )?(?:been )?) $|\d % $/;
/** So is "leave a cart behind on 6.7 % of visits", as long as it does not say how that compares. */
const FIGURE_AFTER =
  /^ (?:on|in|for|at|of|with|from) (?:(?:only|just|about|around|nearly|almost|some|over) )?[\d.]+ %/;
const GRADED =
  / (?:more|most|many|much|often|frequent|frequently|usually|mostly|mainly|chiefly|only|always|high|higher|large|larger|big|bigger|long|longer|few|fewer|fewest|less|least|little|low|lower|small|smaller|short|shorter|rarely|seldom|hardly|barely|never|full) /;
/** What is said of another segment, with the clause that describes it: "unlike the champions, who order often". */
const OF_OTHERS =
  /\b(?:unlike|apart from|differs? from|different from|than|compared with|set against)\s+((?:the|those|these|other)\s+(?!average|rest|mean|norm|usual|shop)[^,.:;|]{2,60}?|those)(?=[,.:;|]|\s+(?:who|whose|which|that|they|in|by|is|are|here|and|do|have|also|only)\b|$)(?:,?\s+(?:who|whose|which|that)\b[^,:;.]*)?/gi;
const FORMERLY = /(?: used to| formerly| once| had| previously)(?: \w+)? $/;
const THAN_BEFORE = /^ (?:\S+ ){0,4}than (?:before|they (?:did|used)|earlier|last|usual|their usual)/;

/** Every claim of a text that can be held against numbers; what is said of the past is left out. */
export function claimsIn(text: string): Claim[] {
  return sentencesOf(text.replaceAll(QUOTED, '|')).flatMap(sentence => {
    const rivals = [...sentence.matchAll(OF_OTHERS)].map(match => match[1]!);
    const against = rivals.length > 0 ? plainText(rivals.join(', ')) : null;
    const plain = plainText(sentence.replaceAll(OF_OTHERS, '|'));
    return longest([...allIn(plain), ...labelsIn(plain)]).flatMap(({ start, end, ...claim }) => {
      const before = plain.slice(0, start);
      if (
        Object.keys(claim.features).length === 0 ||
        FORMERLY.test(before) ||
        NO_CLAIM.test(before) ||
        THAN_BEFORE.test(plain.slice(end)) ||
        (FIGURE_AFTER.test(plain.slice(end)) && !GRADED.test(` ${claim.words} `))
      )
        return [];
      const negated = NEGATED.test(before) && !NOT_NEGATED.test(before);
      const features = negated ? flipped(claim.features) : claim.features;
      return [{ ...claim, features, denies: negated && DENIED.test(before), sentence: plain, against }];
    });
  });
}

/** Words that came from data: names of categories and the like. */
const QUOTED = /“[^”]*”/g;

function labelsIn(plain: string): Found[] {
  return [...plain.matchAll(labels)].map(match => ({
    words: match[0],
    about: '',
    features: {},
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function allIn(plain: string): Found[] {
  return patterns
    .filter(({ cues }) => cues === undefined || cues.some(cue => plain.includes(cue)))
    .flatMap(({ about, features, pattern }) =>
      [...plain.matchAll(pattern)].map(match => ({
        words: match[0],
        about,
        features,
        start: match.index,
        end: match.index + match[0].length,
      })),
    );
}

/** "few holiday orders" says nothing of "holiday orders"; words that mean two things are borne out by either. */
function longest(found: readonly Found[]): Found[] {
  const kept = found.filter(
    one =>
      !found.some(
        other =>
          other.start <= one.start &&
          other.end >= one.end &&
          (other.end - other.start > one.end - one.start || (other !== one && other.about === '')),
      ),
  );
  const byPlace = new Map<string, Found>();
  for (const claim of kept) {
    const place = `${claim.start}-${claim.end}`;
    const held = byPlace.get(place);
    byPlace.set(place, held ? { ...held, features: { ...claim.features, ...held.features } } : claim);
  }
  return [...byPlace.values()].sort((a, b) => a.start - b.start || a.end - b.end);
}

function flipped(features: Readonly<Record<string, 1 | -1>>): Record<string, 1 | -1> {
  return Object.fromEntries(Object.entries(features).map(([id, sign]) => [id, sign === 1 ? -1 : 1] as const));
}

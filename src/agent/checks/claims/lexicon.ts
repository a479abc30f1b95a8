import { catalogue } from '../../../features/catalogue.ts';
import { traits } from '../../../segmentation/traits.ts';
import { plainText } from '../plain-text.ts';
import type { ClaimEntry, Comparison } from './entry.ts';
import { mannerPhrases } from './phrases-manner.ts';
import { orderPhrases } from './phrases-orders.ts';
import { presencePhrases } from './phrases-presence.ts';

const OTHER = '(?:\\S+ )?';

/** Before a noun, by how the noun is compared. */
const BEFORE: Readonly<Record<Comparison, { high: string; low: string }>> = {
  count: {
    high: '(?:more|many|the most|plenty of|lots of|frequent|above average|a high (?:number|share) of)',
    low: '(?:fewer|few|less|the fewest|the least|infrequent|below average|a low (?:number|share) of)',
  },
  size: {
    high: '(?:larger|large|largest|bigger|big|biggest|higher|high|highest|deep|deeper|much|more|above average)',
    low: '(?:smaller|small|smallest|lower|low|lowest|little|less|below average|tiny|modest)',
  },
  time: {
    high: '(?:longer|long|longest|larger|wider|above average)',
    low: '(?:shorter|short|shortest|smaller|brief|below average)',
  },
  rate: {
    high: '(?:higher|high|highest|larger|more|above average|strong)',
    low: '(?:lower|low|lowest|smaller|less|below average|weak)',
  },
};

const IS =
  '(?:(?:is|are|was|were|stands?|lies?|sits?|run|runs) )?(?:far |much |clearly |slightly |well |somewhat |a little |even )*';

/** Patterns of "more visits" and "visits are above average". */
function comparing(nouns: readonly string[], of: Comparison): { high: string[]; low: string[] } {
  const noun = `(?:${nouns.join('|')})`;
  return {
    high: [
      `${BEFORE[of].high} ${of === 'count' ? '' : OTHER}${noun}`,
      `${noun} ${IS}(?:above|higher|larger|longer|bigger|greater)`,
    ],
    low: [
      `${BEFORE[of].low} ${of === 'count' ? '' : OTHER}${noun}`,
      `${noun} ${IS}(?:below|lower|smaller|shorter|fewer|less)`,
    ],
  };
}

/** What the deterministic texts say of a feature, so that whoever copies their words is held to them as well. */
function ofCatalogue(): ClaimEntry[] {
  return catalogue.map(({ id, label, high, low, unit }) => {
    const named = traits[id];
    const words = comparing([literal(label)], unit === 'days' ? 'time' : 'rate');
    const all = [
      label,
      plural(high),
      plural(low),
      ...SIDES.flatMap(side => [named?.[side]?.head, named?.[side]?.with]),
    ];
    const phrases = (of: (string | undefined)[]) =>
      of.flatMap(text => (text === undefined ? [] : [literal(text)]));
    return {
      about: label,
      features: { [id]: 1 },
      cues: all.flatMap(text => (text === undefined ? [] : [plainText(text)])),
      high: [...words.high, ...phrases([plural(high), named?.high?.head, named?.high?.with])],
      low: [...words.low, ...phrases([plural(low), named?.low?.head, named?.low?.with])],
    };
  });
}

const SIDES = ['high', 'low'] as const;

const literal = (text: string) =>
  plainText(text)
    .trim()
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** "orders often" as it stands after "they". */
function plural(phrase: string): string {
  const irregular: Readonly<Record<string, string>> = { has: 'have', is: 'are' };
  return phrase.replace(/^\w+/, verb => irregular[verb] ?? verb.replace(/(?<=ch|sh)es$|s$/, ''));
}

const withNouns = [...orderPhrases, ...mannerPhrases, ...presencePhrases].map(({ nouns = {}, ...entry }) => {
  const compared = (Object.entries(nouns) as [Comparison, readonly string[]][]).map(([of, words]) =>
    comparing(words, of),
  );
  return {
    ...entry,
    high: [...entry.high, ...compared.flatMap(({ high }) => high)],
    low: [...entry.low, ...compared.flatMap(({ low }) => low)],
  };
});

/** All words that say something of features. */
export const claimEntries: readonly ClaimEntry[] = [...withNouns, ...ofCatalogue()];

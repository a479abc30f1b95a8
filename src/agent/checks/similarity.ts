import { wordsOf } from './plain-text.ts';

/** Words that every text about customers is full of, so that sharing them is no likeness. */
const COMMON = new Set(
  `a an and are as at but by for from in is it its of on or than that the their them these they this those to who with
  customers customer buyers shoppers shopper buyer guests subscribers accounts people all against have has been be
  order orders ordered typically brought which what set out stands revenue share more less about most not`.split(
    /\s+/,
  ),
);

/** Share of word trigrams that two texts have in common (Jaccard), 0..1; 0 where one is too short for any. */
export function trigramSimilarity(a: string, b: string): number {
  return jaccard(trigrams(wordsOf(a)), trigrams(wordsOf(b)));
}

/** Share of telling words, figures left out, that two texts have in common (Jaccard), 0..1. */
export function tokenSimilarity(a: string, b: string): number {
  return jaccard(tokensOf(a), tokensOf(b));
}

function trigrams(words: readonly string[]): Set<string> {
  return new Set(words.slice(2).map((word, i) => `${words[i]} ${words[i + 1]} ${word}`));
}

/** Words that tell something, cut to their stems, roughly: "lapsing" and "lapsed" are alike. */
export function tokensOf(text: string): Set<string> {
  return new Set(
    wordsOf(text)
      .filter(word => !COMMON.has(word) && !/^[\d£$€.%]+$/.test(word))
      .map(word => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|ly)$/, '') : word)),
  );
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter(one => b.has(one)).length;
  return shared / (a.size + b.size - shared);
}

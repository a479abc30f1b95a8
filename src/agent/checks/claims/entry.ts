/** How a noun is compared: "more visits", "larger baskets", "longer gaps", "a higher open rate". */
export type Comparison = 'count' | 'size' | 'time' | 'rate';

/**
 * What words say of features. Phrases are patterns over plain text (plain-text.ts). A text that says the high side is
 * borne out where one of the features differs from all customers in the direction given here.
 */
export interface ClaimEntry {
  /** For messages: "how often they order". */
  about: string;
  /** Direction by feature id where the high side is said: 1 above, -1 below. */
  features: Readonly<Record<string, 1 | -1>>;
  high: readonly string[];
  low: readonly string[];
  /** A text without any of these holds none of the phrases, which saves looking for them. */
  cues?: readonly string[];
  nouns?: Partial<Record<Comparison, readonly string[]>>;
}

export const BUY = '(?:orders?|buys?|shops?|purchases?|books?)';
export const PEOPLE = '(?:buyers?|shoppers?|customers?|guests?|subscribers?|accounts?|visitors?|people)';
const VERY = '(?:very |quite |fairly |rather |so |more |most |the most |far more |much more |unusually )?';
export const OFTEN = `(?:${VERY}(?:often|frequently)|most months|every month|many times|again and again)`;
export const SELDOM =
  '(?:(?:very |more |only )?(?:rarely|seldom|infrequently|occasionally|sporadically)|less often|less frequently|(?:only )?now and then|once in a while|(?:only )?a few times|hardly(?: ever)?|barely|never)';
export const ANY = '(?:a |an |any |the |their |our |your )?';

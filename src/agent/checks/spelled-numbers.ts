/** A quantity that a text states in words, or in digits that need reckoning with ("3 times as often", "18 months"). */
export interface Quantity {
  text: string;
  /**
   * `ratio`: of the segment's value to that of all; `times`: of its usual gap; `share`: of something; `number`: a plain
   * one; `days`: a time.
   */
  kinds: readonly ('ratio' | 'times' | 'share' | 'number' | 'days' | 'per month')[];
  /** The values that the words leave room for. */
  least: number;
  most: number;
  /** As said, and how far off its last digit leaves it: a plain number is held to that. */
  said: number;
  rounding: number;
  start: number;
  end: number;
}

const UNITS = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
export const spelledNumbers: Readonly<Record<string, number>> = {
  ...Object.fromEntries(UNITS.map((word, i) => [word, i + 1])),
  fifteen: 15,
  ...Object.fromEntries(TENS.map((word, i) => [word, (i + 2) * 10])),
  dozen: 12,
  'a dozen': 12,
  hundred: 100,
  'a hundred': 100,
};
const PARTS: Readonly<Record<string, number>> = {
  half: 1 / 2,
  third: 1 / 3,
  quarter: 1 / 4,
  fifth: 1 / 5,
  tenth: 1 / 10,
};
const MULTIPLES: Readonly<Record<string, number>> = {
  twice: 2,
  double: 2,
  twofold: 2,
  thrice: 3,
  triple: 3,
  threefold: 3,
  fourfold: 4,
  fivefold: 5,
  tenfold: 10,
};
const DAYS: Readonly<Record<string, number>> = { week: 7, fortnight: 14, month: 30.44, year: 365.25 };
const A_MONTH: Readonly<Record<string, number>> = { week: 4.35, month: 1, year: 1 / 12 };

const NUMBER = `(\\d+(?:\\.\\d+)?|${Object.keys(spelledNumbers).sort(longestFirst).join('|')})`;
const COUNTED =
  'orders?|purchases?|times|items|products|visits?|pages|emails?|tickets?|categories|customers|buyers|people|lines|nights|stays|days';

interface Form {
  pattern: RegExp;
  kinds: Quantity['kinds'];
  value(match: RegExpMatchArray): number;
  /** How far the true value may lie from the said one, as a share of it; 0: by its last digit. */
  give: number;
}

const asPattern = (text: string) => new RegExp(`(?<=[^a-z0-9.])${text}(?=[^a-z0-9]|$)`, 'g');
const numberOf = (word: string) => spelledNumbers[word] ?? Number(word);

/** Earlier forms take their words from later ones. Texts are in lower case, hyphens opened. */
const FORMS: readonly Form[] = [
  {
    pattern: asPattern(`${NUMBER} (?:in|out of)(?: every)? ${NUMBER}`),
    kinds: ['share'],
    value: ([, part, whole]) => numberOf(part!) / numberOf(whole!),
    give: 0.1,
  },
  {
    pattern: asPattern(`(two|three|four|nine) (third|quarter|fifth|tenth)s`),
    kinds: ['share', 'ratio'],
    value: ([, count, part]) => numberOf(count!) * PARTS[part!]!,
    give: 0.08,
  },
  {
    pattern: asPattern(
      `(?<!first |second |other |latter )(half)(?! (?:price|term|way|year|yearly|a year|an hour|of the year))`,
    ),
    kinds: ['share', 'ratio'],
    value: () => 1 / 2,
    give: 0.1,
  },
  {
    pattern: asPattern(
      `(?:a|one) (third|quarter|fifth|tenth)(?= (?:of|less|more|fewer|lower|higher|as|are|is|have|the)|[.,;:)]|$)`,
    ),
    kinds: ['share', 'ratio'],
    value: ([, part]) => PARTS[part!]!,
    give: 0.1,
  },
  {
    pattern: asPattern(`${NUMBER}(?: times)? (?:a|per|every|each) month`),
    kinds: ['per month'],
    value: ([, number]) => numberOf(number!),
    give: 0,
  },
  {
    pattern: asPattern(`(once|twice|${NUMBER} times) (?:a|per|every|each) (week|month|year)`),
    kinds: ['per month'],
    value: ([, times, number, period]) =>
      (times === 'once' ? 1 : times === 'twice' ? 2 : numberOf(number!)) * A_MONTH[period!]!,
    give: 0.15,
  },
  {
    pattern: asPattern(`(${Object.keys(MULTIPLES).join('|')})(?= (?:the|their|its) (?:usual|normal|own)\\b)`),
    kinds: ['times'],
    value: ([, word]) => MULTIPLES[word!]!,
    give: 0.12,
  },
  {
    pattern: asPattern(`(${Object.keys(MULTIPLES).join('|')})(?= (?:as|the|that|what|their|its|those)\\b)`),
    kinds: ['ratio'],
    value: ([, word]) => MULTIPLES[word!]!,
    give: 0.12,
  },
  {
    pattern: asPattern(`${NUMBER} times(?= (?:as|that|what|more|higher|larger|longer|bigger)\\b)`),
    kinds: ['ratio'],
    value: ([, times]) => numberOf(times!),
    give: 0.12,
  },
  {
    pattern: asPattern(`${NUMBER} times(?= (?:the|their|its)\\b)`),
    kinds: ['ratio', 'number'],
    value: ([, times]) => numberOf(times!),
    give: 0.12,
  },
  {
    pattern: asPattern(`${NUMBER} (week|fortnight|month|year)s?(?! (?:old|ahead))`),
    kinds: ['days'],
    value: ([, count, period]) => numberOf(count!) * DAYS[period!]!,
    give: 0.15,
  },
  {
    pattern: asPattern(
      `(?<!first |last |next )(${Object.keys(spelledNumbers)
        .filter(word => word !== 'one')
        .sort(longestFirst)
        .join('|')}) (?:(?!and |or |in |of |at |to )[a-z]+ )?(?:${COUNTED})`,
    ),
    kinds: ['number'],
    value: ([, word]) => numberOf(word!),
    give: 0,
  },
];

/** Words before a quantity that open it to one side. */
const ABOVE = /(?:more than|over|above|at least|upwards of|well over|just over) $/;
const BELOW = /(?:less than|under|below|fewer than|at most|nearly|almost|not quite|just under|close to) $/;
const WIDENED = 1.3;

/** Quantities in words, in order; two that overlap are one. */
export function quantitiesIn(text: string): Quantity[] {
  const plain = ` ${text
    .toLowerCase()
    .replaceAll(/(?<=[a-z])[-‑](?=[a-z])/g, ' ')
    .replaceAll(/[’‘]/g, "'")}`;
  const found: Quantity[] = [];
  for (const { pattern, kinds, value, give } of FORMS) {
    for (const match of plain.matchAll(pattern)) {
      const [start, end] = [match.index - 1, match.index - 1 + match[0].length];
      if (found.some(other => start < other.end && other.start < end)) continue;
      const said = value(match);
      const before = plain.slice(0, match.index);
      const rounding = 0.5 * 10 ** -decimalsOf(match[1] ?? '');
      const slack = give === 0 ? rounding : said * give;
      const ofWhole = /^ of (?!what|that)/.test(plain.slice(match.index + match[0].length));
      found.push({
        text: match[0],
        // "Half of them" is a share, "half what others spend" a ratio.
        kinds: ofWhole ? kinds.filter(kind => kind !== 'ratio') : kinds,
        said,
        rounding,
        least: ABOVE.test(before) ? said : BELOW.test(before) ? said / WIDENED : said - slack,
        most: BELOW.test(before) ? said : ABOVE.test(before) ? said * WIDENED : said + slack,
        start,
        end,
      });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

const decimalsOf = (number: string) => /\.(\d+)$/.exec(number)?.[1]?.length ?? 0;

function longestFirst(a: string, b: string): number {
  return b.length - a.length || (a < b ? -1 : 1);
}

import {
  type Fact,
  numbersIn,
  unsupportedNumbers,
  type WrittenNumber,
} from '../../segmentation/written-numbers.ts';
import { textsOf } from '../tasks/naming/draft.ts';
import type { FactSheet } from '../tasks/naming/fact-sheet.ts';
import { type Check, scored } from './check.ts';
import { sentencesOf } from './plain-text.ts';
import { type Quantity, quantitiesIn } from './spelled-numbers.ts';
import { factsOf, isOfAnother, type Spoken, spokenOf, stretchesOf } from './spoken-features.ts';

/**
 * Every number in the texts stands on the fact sheet, after rounding, with its unit: in digits, and in words such as
 * "half", "twice" and "a third". A piece of evidence may only give the figures of its own feature, and a clause that
 * names features those of its own.
 */
export const groundedness: Check = (draft, sheet) => {
  // Those of features once more, with their units.
  const facts = [...sheet.facts, ...sheet.features.flatMap(factsOf)];
  const evidence = draft.evidence.map(({ feature, says }) => {
    const known = sheet.features.find(({ id }) => id === feature);
    if (!known) return judged(says, sheet.facts, () => [], sheet);
    const signed = [1, -1].map(sign => ({ feature: known, sign }) as Spoken);
    return judged(says, factsOf(known), () => signed, sheet);
  });
  // Advice speaks of what shall be: "write before 81 days have passed since the last order".
  const told = [draft.sentence, draft.paragraph];
  const rest = textsOf({ ...draft, evidence: [] }).flatMap(text =>
    withContext(sentencesOf(text)).map(({ sentence, context }) => {
      const { numbers, wrong } = judged(sentence, facts, () => spokenOf(context, sheet), sheet);
      return {
        numbers,
        wrong: wrong.length > 0 || !told.includes(text) ? wrong : misplaced(sentence, sheet),
      };
    }),
  );
  const all = [...rest, ...evidence];
  return scored(
    all.reduce((sum, { numbers }) => sum + numbers, 0),
    [...new Set(all.flatMap(({ wrong }) => wrong))],
  );
};

/** "It makes up a quarter": the sentence before says what. */
function withContext(sentences: readonly string[]): { sentence: string; context: string }[] {
  return sentences.map((sentence, i) => ({
    sentence,
    context: i > 0 && /^(?:It|This|That)\b/.test(sentence) ? `${sentences[i - 1]} ${sentence}` : sentence,
  }));
}

/** Figures that stand on the sheet, beside a feature of which they are not. */
function misplaced(sentence: string, sheet: FactSheet): string[] {
  const labelled = withoutLabels(sentence, sheet);
  if (numbersIn(labelled).length === 0) return [];
  const own = [
    sheet.size,
    sheet.share,
    sheet.revenue,
    sheet.revenueShare,
    sheet.perCustomer,
    ...ruleOf(sheet),
  ]
    .flatMap(numbersIn)
    .map(({ value, unit }): Fact => ({ value, unit: unit ?? 'count' }));
  return stretchesOf(sentence, sheet).flatMap(stretch => {
    const text = labelled.slice(stretch.start, stretch.end);
    return numbersIn(blanked(text, quantitiesIn(text)))
      .filter(number => unsupportedNumbers(number.text, own).length > 0 && isOfAnother(number, stretch))
      .map(
        number =>
          `"${number.text}" in "${shortened(sentence)}" is a figure of something else on the fact sheet, or of nothing. Give the figures of what the words name.`,
      );
  });
}

const ruleOf = ({ rule }: FactSheet) => (rule ? [rule.text, rule.precision, rule.recall] : []);

/** The share of numbers that stand on the sheet, and what is wrong with the others. */
function judged(
  text: string,
  facts: readonly Fact[],
  spoken: () => readonly Spoken[],
  sheet: FactSheet,
): { numbers: number; wrong: string[] } {
  const labelled = withoutLabels(text, sheet);
  const quantities = quantitiesIn(labelled);
  const digits = blanked(labelled, quantities);
  const wrong = [
    ...unsupportedNumbers(digits, facts).filter(number => !roundedFrom(number, facts)),
    ...numbersIn(digits).filter(number => isHeadcount(number, digits) && !isSize(number, sheet)),
  ].map(number => number.text);
  const known = quantities.length > 0 ? spoken() : [];
  const wrongWords = quantities.filter(quantity => !isBorneOut(quantity, facts, known, sheet));
  return {
    numbers: numbersIn(digits).length + quantities.length,
    wrong: [...new Set([...wrong, ...wrongWords.map(quantity => quantity.text)])].map(
      number =>
        `"${number}" in "${shortened(text)}" is not on the fact sheet. Use its figures as they stand there, or none.`,
    ),
  };
}

/** Trailing noughts are a rounding too, as long as two digits are left: "£2,600" of £2,635. */
function roundedFrom({ text, value, unit }: WrittenNumber, facts: readonly Fact[]): boolean {
  const noughts = /^\D*[1-9][\d,]*[1-9]([0,]*)(?!\d)/.exec(text)?.[1]?.replaceAll(',', '').length ?? 0;
  if (noughts === 0 || text.includes('.') || /%|\b(?:million|m|k|thousand|bn|billion)\b/.test(text))
    return false;
  return facts.some(
    fact =>
      Math.abs(Math.abs(fact.value) - value) <= 0.5 * 10 ** noughts &&
      (unit === null ? fact.unit !== 'share' : fact.unit === unit),
  );
}

/** "1,234 customers" speaks of the segment's size and of nothing else. */
function isHeadcount({ text, unit }: WrittenNumber, sentence: string): boolean {
  const after = sentence.slice(sentence.indexOf(text) + text.length);
  return unit === null && /^ (?:customers|people|shoppers|buyers|guests|subscribers|accounts)\b/.test(after);
}

function isSize({ value, rounding }: WrittenNumber, { size }: FactSheet): boolean {
  const told = numbersIn(size)[0];
  return (
    told !== undefined && Math.abs(told.value - value) <= Math.max(rounding, told.rounding, value * 0.02)
  );
}

function isBorneOut(
  { kinds, least, most, said, rounding }: Quantity,
  facts: readonly Fact[],
  spoken: readonly Spoken[],
  sheet: FactSheet,
): boolean {
  const within = (value: number) => value >= least - 1e-9 && value <= most + 1e-9;
  const oneOf = (known: readonly Fact[], wanted: (unit: Fact['unit']) => boolean) =>
    known.some(({ value, unit }) => wanted(unit) && within(Math.abs(value)));
  return kinds.some(kind => {
    if (kind === 'ratio') return spoken.flatMap(one => ratioOf(one, said < 1)).some(within);
    if (kind === 'share')
      return oneOf(
        [...sharesOf(sheet), ...spoken.flatMap(({ feature }) => factsOf(feature))],
        unit => unit === 'share',
      );
    if (kind === 'times') return oneOf(facts, unit => unit === 'times');
    if (kind === 'number')
      return facts.some(
        ({ value, unit }) =>
          unit !== 'share' &&
          unit !== 'money' &&
          unit !== 'days' &&
          Math.abs(value - said) <= rounding + 1e-9,
      );
    return oneOf(facts, unit => unit === kind);
  });
}

/** Of customers and of revenue. */
function sharesOf({ share, revenueShare }: FactSheet): Fact[] {
  return [share, revenueShare].flatMap(numbersIn).map(({ value }) => ({ value, unit: 'share' }));
}

/** The segment's value to that of all customers, turned round where the words speak of the contrary. */
function ratioOf({ feature: { value, overall }, sign }: Spoken, lessThanAll: boolean): number[] {
  const [own, all] = [value, overall].map(text => numbersIn(text)[0]?.value ?? 0) as [number, number];
  // "Half as often" is the low side of what "twice as often" is the high side of.
  const contrary = sign === (lessThanAll ? 1 : -1);
  const [above, below] = contrary ? [all, own] : [own, all];
  return below === 0 ? [] : [above / below];
}

/** Numbers that belong to the name of a feature ("in the last 90 days") are no figures. */
function withoutLabels(text: string, { features }: FactSheet): string {
  return features
    .filter(({ label }) => numbersIn(label).length + quantitiesIn(label).length > 0)
    .flatMap(({ label }) => [label, ...(/the last \d+ days/.exec(label) ?? [])])
    .reduce((rest, label) => rest.replaceAll(label, ' '.repeat(label.length)), text);
}

function blanked(text: string, quantities: readonly Quantity[]): string {
  return quantities.reduce(
    (rest, { start, end }) => rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end),
    text,
  );
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

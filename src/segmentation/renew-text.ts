import type { Persona } from './model.ts';
import type { Told } from './personas.ts';
import { sideBySide } from './typical.ts';
import { formatMoney, formatSize, formatValue, SMALLEST_REPORTED } from './wording.ts';
import { type Fact, numbersIn, unsupportedNumbers } from './written-numbers.ts';

type Texts = Pick<Persona, 'sentence' | 'paragraph' | 'action' | 'avoid'>;

/**
 * The texts that a language model wrote, at another date: what holds no figure, or one that is still so, stays; in the
 * place of the rest stands what the figures give by themselves.
 *
 * @param fresh the texts of now that were written without a model
 */
export function renewTexts(written: Texts, fresh: Texts, told: Told, currency: string | null): Texts {
  if (told.size < SMALLEST_REPORTED) return fresh;
  const facts = factsOf(told, currency);
  const holds = (text: string) => unsupportedNumbers(text, facts).length === 0;
  const sentences = sentencesOf(written.paragraph);
  const kept = sentences.filter(holds);
  const added = kept.length === sentences.length ? [] : sentencesOf(fresh.paragraph);
  const advice = (part: 'action' | 'avoid') =>
    sentencesOf(written[part]).filter(holds).join(' ') || fresh[part];
  return {
    sentence: holds(written.sentence) ? written.sentence : fresh.sentence,
    paragraph: [...new Set([...kept, ...added])].join(' '),
    action: advice('action'),
    avoid: advice('avoid'),
  };
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?]”?)\s+(?=[\p{Lu}\d£$€“])/u);
}

/** Every figure as texts write it. */
function factsOf({ size, share, revenue, revenueShare, features }: Told, currency: string | null): Fact[] {
  return [
    formatSize(size),
    formatValue(share, 'share', null),
    formatMoney(revenue, currency),
    formatMoney(revenue / size, currency),
    formatValue(revenueShare, 'share', null),
    ...features.flatMap(feature => [feature.label, ...Object.values(sideBySide(feature, currency))]),
  ].flatMap(text => numbersIn(text).map(({ value, unit }): Fact => ({ value, unit: unit ?? 'count' })));
}

import { type Check, scored } from './check.ts';
import { sentencesOf, wordsOf } from './plain-text.ts';

const MOST_NAME_WORDS = 6;
const MOST_SENTENCE_WORDS = 45;
const PARAGRAPH_WORDS = { least: 15, most: 150 };

/** A name that fits a chart, a definition of one sentence, a paragraph that is read. */
export const textLength: Check = ({ name, sentence, paragraph }) => {
  const [named, defined, told] = [name, sentence, paragraph].map(text => wordsOf(text).length) as [
    number,
    number,
    number,
  ];
  const failures = [
    named > MOST_NAME_WORDS ? `The name has ${named} words. Use at most ${MOST_NAME_WORDS}.` : null,
    sentencesOf(sentence).length === 1 ? null : 'The definition must be one sentence.',
    defined > MOST_SENTENCE_WORDS
      ? `The definition has ${defined} words. Use at most ${MOST_SENTENCE_WORDS}.`
      : null,
    told >= PARAGRAPH_WORDS.least && told <= PARAGRAPH_WORDS.most
      ? null
      : `The paragraph has ${told} words. Use between ${PARAGRAPH_WORDS.least} and ${PARAGRAPH_WORDS.most}.`,
  ];
  return scored(
    failures.length,
    failures.filter(failure => failure !== null),
  );
};

import { code, plain } from '../segmentation/markdown.ts';
import { dayText, sentenceText } from './figures.ts';
import { page, section } from './page.ts';
import type { ShownSegment } from './results.ts';
import { habits } from './segment.ts';
import { tooFew } from './segments.ts';

/** Who the customers of a segment are, in words that a campaign can be planned by. */
export function personaMarkdown(segment: ShownSegment, uriOf: (key: string) => string): string {
  const { key, name, asOf, persona } = segment;
  if (persona === null) return page(plain(name), tooFew);
  const { sentence, paragraph, action, avoid, author } = persona;
  return page(
    plain(name),
    `> ${sentenceText(sentence)}`,
    sentenceText(paragraph),
    section('What to do', sentenceText(action)),
    section('What not to do', sentenceText(avoid)),
    section('Evidence', habits(segment)),
    `Figures: ${code(uriOf(key))}`,
    author === 'model'
      ? `Written by a language model from figures as of ${dayText(asOf)}, and approved by a person.`
      : `Written by rules from figures as of ${dayText(asOf)}.`,
  );
}

import { decisionsSection } from './decisions.ts';
import { type ReportFacts, readFacts, type Setup, type Stores } from './facts.ts';
import { languageModelSection } from './language-model.ts';
import { blank, rowCount } from './markdown.ts';
import { openQuestionsSection } from './open-questions.ts';
import { protectedTraitsSection } from './protected-traits.ts';
import { sourcesSection } from './sources.ts';
import { storageSection } from './storage.ts';
import { usesSection } from './uses.ts';

/**
 * The data-flow and lawful-basis review as Markdown: what is held and from where, what it is used for, what goes to a
 * language model, what is blocked, who decided what, and what a data protection officer would ask next. It tells what the
 * stores know and leaves what they cannot know marked as blank. The same stores on the same day give the same text.
 */
export async function governanceReport(stores: Stores, setup: Setup): Promise<string> {
  return reportOn(await readFacts(stores, setup));
}

export function reportOn(facts: ReportFacts): string {
  return `${[
    head(facts),
    sourcesSection(facts),
    usesSection(facts),
    languageModelSection(facts),
    protectedTraitsSection(facts),
    decisionsSection(facts),
    storageSection(facts),
    openQuestionsSection(facts),
  ].join('\n\n')}\n`;
}

function head({ madeOn, holdings, model }: ReportFacts): string {
  const stands = model
    ? `Segments stand as of ${model.describedAsOf}.`
    : 'Nobody has been put into segments yet.';
  return [
    '# Customer segmentation: data flow and lawful basis',
    `Made on ${madeOn} by \`kindred governance report\`. Kindred holds data on ${rowCount(holdings.people)} people. ${stands}`,
    'This is a record for whoever answers for data protection, in the terms of the UK GDPR and the EU GDPR. It tells what the stores of this installation know. What Kindred cannot know is marked like this: **[ … ]**. It is no legal advice, and no assessment by itself.',
    [
      `- Controller: ${blank('name and address')}`,
      `- Data protection officer or contact: ${blank('name and contact')}`,
      `- Representative in the UK or the EU, where one is needed (article 27): ${blank('name, or not needed')}`,
      `- Reviewed by and on: ${blank('name and date')}`,
    ].join('\n'),
  ].join('\n\n');
}

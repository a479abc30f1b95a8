import { type Unsupported, unsupportedIn } from './check-numbers.ts';
import { deedsClaimed, withoutDeeds } from './deeds.ts';
import type { Call, Evidence } from './evidence.ts';
import { type TraitSaid, traitsSaid, withoutSentences } from './traits-said.ts';

/** What is wrong with an answer. */
export interface Faults {
  unsupported: Unsupported[];
  traits: TraitSaid[];
  /** Sentences that claim what only a person does. */
  deeds: string[];
}

export function faultsOf(
  answer: string,
  evidence: Evidence,
  asked: { question: string; calls: readonly Call[] },
): Faults {
  return {
    unsupported: unsupportedIn(answer, evidence),
    traits: traitsSaid(answer, asked),
    deeds: deedsClaimed(answer, asked.calls),
  };
}

export const isFaulty = ({ unsupported, traits, deeds }: Faults) =>
  unsupported.length + traits.length + deeds.length > 0;

const MOST_REASONS = 20;

/** For the model: what to mend, and how. */
export function sendBack({ unsupported, traits, deeds }: Faults): string {
  const reasons = [
    ...unsupported.map(({ why }) => `- ${why}`),
    ...traits.map(({ word }) => `- "${word}" tells of a protected trait, which an answer never does.`),
    ...deeds.map(
      sentence =>
        `- "${sentence}" claims what only a person does: you read and propose. Say what the person can do.`,
    ),
  ];
  return [
    'Your answer was held against the results of the tools, and not shown. What is wrong with it:',
    ...[...new Set(reasons)].slice(0, MOST_REASONS),
    'Write the whole answer again, for the person who asked: mend or leave out what is named, and keep the rest. Call a tool where a figure is missing. Say nothing of this check.',
  ].join('\n');
}

/** What could not be mended, said where it is read: before the answer. */
export function marked(answer: string, { unsupported, traits, deeds }: Faults): string {
  const text = withoutDeeds(withoutSentences(answer, traits), deeds);
  if (unsupported.length === 0) return text;
  const found = [...new Set(unsupported.map(({ text }) => `“${text}”`))];
  const which =
    found.length === 1 ? `${found[0]} is` : `${found.slice(0, -1).join(', ')} and ${found.at(-1)} are`;
  return `**Do not rely on all of it:** ${which} borne out by no result of Kindred’s tools.\n\n${text}`;
}

import type { Described } from '../../src/agent/checks/check.ts';
import { claimsIn } from '../../src/agent/checks/claims/find-claims.ts';
import type { FactSheet } from '../../src/agent/tasks/naming/fact-sheet.ts';

const NUMBERS =
  /(?:[£$€]|\b[A-Z]{3} )?\d[\d,.]*\d?(?:\s?(?:million|m|k|thousand)\b)?\s?(?:%|per ?cent|days?|times|a month)?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twice|half|a third|a quarter)\b/g;

/** Definition and description of a persona without its name and without figures: what is left must tell it apart. */
export function blindText({ draft }: Described, all: readonly Described[]): string {
  const names = all.flatMap(other => [other.draft.name, other.sheet.name]);
  const nameless = names.reduce(
    (text, name) => text.replaceAll(new RegExp(escaped(name), 'gi'), '…'),
    [draft.sentence, draft.paragraph, ...draft.evidence.map(({ says }) => says)].join(' '),
  );
  return nameless.replaceAll(NUMBERS, '…').replaceAll(/… ?(?:… ?)+/g, '… ');
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A sheet without figures: how each feature stands to all customers, in words. */
export function blindSheet({ features }: FactSheet): string {
  return features
    .filter(({ words }) => words !== 'about the same')
    .map(({ label, words }) => `${label}: ${words}`)
    .join('; ');
}

/**
 * Which sheet a persona's evidence and words fit best: the cosine between the directions that it claims, earlier
 * evidence weighing more, and the standardised differences of each sheet. Gives the index; the first where two are even.
 */
export function bestMatch(
  persona: Described,
  all: readonly Described[],
  sheets: readonly FactSheet[],
): number {
  const claimed = claimedBy(persona, all);
  const fits = sheets.map(sheet => cosine(claimed, sheet));
  return fits.indexOf(Math.max(...fits));
}

const MOST_DIFFERENCE = 2;

function claimedBy(persona: Described, all: readonly Described[]): Map<string, number> {
  const claimed = new Map<string, number>();
  const add = (id: string, weight: number) => claimed.set(id, (claimed.get(id) ?? 0) + weight);
  persona.draft.evidence.forEach(({ feature, direction }, i) => {
    add(feature, (direction === 'above' ? 1 : -1) / (1 + i / 4));
  });
  for (const { features } of claimsIn(blindText(persona, all)))
    for (const [id, sign] of Object.entries(features)) add(id, sign / (4 * Object.keys(features).length));
  return claimed;
}

function cosine(claimed: ReadonlyMap<string, number>, { features }: FactSheet): number {
  let dot = 0;
  let norm = 0;
  for (const { id, difference } of features) {
    const bounded = Math.max(-MOST_DIFFERENCE, Math.min(MOST_DIFFERENCE, difference));
    dot += (claimed.get(id) ?? 0) * bounded;
    norm += bounded ** 2;
  }
  return norm === 0 ? 0 : dot / Math.sqrt(norm);
}

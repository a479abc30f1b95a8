import { claimsIn } from '../../src/agent/answer/claims.ts';
import type { FeedbackCase } from '../../src/agent/answer/feedback-case.ts';
import { maskNames } from '../../src/agent/answer/names-in-text.ts';
import { trigramSimilarity } from '../../src/agent/checks/similarity.ts';
import type { AskedAgain } from './asked-again.ts';

/** So much of the wording has to differ for an answer to be another one. */
const ALIKE = 0.9;

/**
 * Whether an answer is the one that was judged. Figures, dates and names of segments count where they are of the same segments
 * and day, as a bad answer may be mended by one of them; elsewhere they differ anyhow, and the wording tells.
 */
export function comesAgain({ judged, text, comparable, names }: AskedAgain): boolean {
  if (!alike(wording(judged.text, names, judged), wording(text, names, judged))) return false;
  return !comparable || told(judged.text, names) === told(text, names);
}

/** Texts of a few words have no likeness but being the same. */
const alike = (a: string, b: string) => a === b || trigramSimilarity(a, b) >= ALIKE;

/** The words, without what differs from shop to shop. */
function wording(text: string, names: readonly string[], { segments }: FeedbackCase): string {
  const all = [...new Set([...names, ...segments])].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const masked = all.reduce((left, name) => left.replaceAll(new RegExp(escaped(name), 'gi'), ' '), text);
  return maskNames(masked)
    .text.toLowerCase()
    .replaceAll(/[^\p{L}\s]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** Figures, dates and segments, in their order. */
function told(text: string, names: readonly string[]): string {
  const { text: masked, dates } = maskNames(text);
  const figures = claimsIn(masked).map(claim => claim.text);
  const named = names
    .flatMap(name =>
      [...text.matchAll(new RegExp(escaped(name), 'gi'))].map(({ index }) => ({ name, index })),
    )
    .sort((a, b) => a.index - b.index || (a.name < b.name ? -1 : 1));
  return JSON.stringify([figures, dates.map(({ day }) => day), named.map(({ name }) => name)]);
}

const escaped = (name: string) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

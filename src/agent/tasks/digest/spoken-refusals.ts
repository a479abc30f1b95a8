import type { Evidence } from '../../answer/evidence.ts';
import { ownersIn } from '../../answer/owners.ts';
import { type Way, wayOf } from '../../answer/ways.ts';
import { quantitiesIn } from '../../checks/spelled-numbers.ts';
import type { Digest } from './digest.ts';

/** What a text says without a figure that could be looked up: parts in words, and which way a segment went. */
export function spokenRefusals(text: string, digest: Digest, evidence: Evidence): string[] {
  return [
    ...partsUnheld(text, evidence).map(
      part => `"${part}" is in no result. Give the figure, or leave it out.`,
    ),
    ...turnedRound(text, digest).map(said => `"${said}" is told the other way round.`),
  ];
}

/** "Two thirds of revenue" where no share of what the text speaks of comes near. */
function partsUnheld(text: string, { facts, owners }: Evidence): string[] {
  const named = ownersIn(text, owners);
  const shares = facts.filter(
    ({ unit, owner }) => unit === 'share' && (owner === null || named.size === 0 || named.has(owner)),
  );
  return quantitiesIn(text)
    .filter(({ kinds }) => kinds.includes('share'))
    .filter(({ least, most }) => !shares.some(({ value }) => value >= least && value <= most))
    .map(part => part.text);
}

/** "Champions fell to 1,033" where they grew since the last digest, and no finding says otherwise. */
function turnedRound(text: string, digest: Digest): string[] {
  return digest.segments.flatMap(segment => {
    const told = waysOf(segment, digest);
    return wordsAfter(segment.name, text)
      .filter(words => wayOf(words) !== 0 && told.size > 0 && !told.has(wayOf(words)))
      .map(words => `${segment.name} ${words}`);
  });
}

function waysOf(
  { name, grew, shrank, trend }: Digest['segments'][number],
  { findings }: Digest,
): ReadonlySet<Way> {
  const told = findings.flatMap(({ sentence }) => wordsAfter(name, sentence).map(wayOf));
  const change: Way[] = [grew === null ? 0 : 1, shrank === null ? 0 : -1];
  const lately: Way = trend === 'growing' ? 1 : trend === 'shrinking' ? -1 : 0;
  return new Set([...told, ...change, lately].filter(way => way !== 0));
}

/** The three words after each mention of a name, as far as no mark parts them from it. */
function wordsAfter(name: string, text: string): string[] {
  const escaped = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const after = new RegExp(`(?<![\\p{L}\\p{N}])${escaped}((?: \\p{L}+){1,3})`, 'giu');
  return [...text.matchAll(after)].map(([, words]) => words!.trim());
}

import { z } from 'zod';
import { grounds } from '../../../governance/blocked-terms.ts';
import { linksRefused } from '../../../segmentation/links.ts';
import { bare, type Candidate } from './candidates.ts';

export const readingSchema = z.object({
  flags: z.array(
    z.object({
      term: z.string().describe('exactly as it stands between the quotation marks'),
      ground: z.enum(grounds),
      why: z.string().max(300).describe('one short sentence'),
      confidence: z.enum(['high', 'medium', 'low']),
    }),
  ),
});

export type Reading = z.output<typeof readingSchema>;
export type Flag = Reading['flags'][number];

/** A shop of which more than half is sensitive is for a person to judge; so is a reading that somebody led astray. */
const mostOf = (names: number) => Math.max(5, Math.floor(names / 2));

export function flagsTooMany({ flags }: Reading, batch: readonly Candidate[]): boolean {
  return flags.length > mostOf(batch.length);
}

/** Why a reading cannot be taken as it is. */
export function faultsOf(reading: Reading, batch: readonly Candidate[]): string[] {
  const seen = new Set<string>();
  const faults = reading.flags.flatMap(flag => {
    const shown = candidateOf(flag, batch)?.shown ?? flag.term;
    const fault = seen.has(shown) ? `"${flag.term}" is flagged twice.` : faultOf(flag, batch);
    seen.add(shown);
    return fault === null ? [] : [fault];
  });
  if (flagsTooMany(reading, batch))
    faults.push(
      `${reading.flags.length} of ${batch.length} names are flagged. Flag only those that tell of a protected trait of most of those who go with them.`,
    );
  return faults;
}

/** What can be taken of a reading: each flag that is sound by itself, with what it is about. */
export function soundFlags(
  { flags }: Reading,
  batch: readonly Candidate[],
): { flag: Flag; candidate: Candidate }[] {
  const found = new Map<string, { flag: Flag; candidate: Candidate }>();
  for (const flag of flags) {
    const candidate = candidateOf(flag, batch);
    if (candidate && faultOf(flag, batch) === null && !found.has(candidate.shown))
      found.set(candidate.shown, { flag, candidate });
  }
  return [...found.values()];
}

function faultOf(flag: Flag, batch: readonly Candidate[]): string | null {
  const candidate = candidateOf(flag, batch);
  if (!candidate) return `"${flag.term}" is not one of the names.`;
  if (flag.why.trim() === '') return `It is not said why "${flag.term}" is flagged.`;
  if (/\d/.test(flag.why.replaceAll(candidate.shown, '')))
    return `Why "${flag.term}" is flagged holds a figure; no figure is known.`;
  return linksRefused([flag.why])[0] ?? null;
}

function candidateOf({ term }: Flag, batch: readonly Candidate[]): Candidate | undefined {
  const said = term.replaceAll(/^[“"]|[”"]$/g, '');
  return batch.find(({ shown }) => shown === said) ?? batch.find(({ shown }) => shown === bare(term));
}

import { createHash } from 'node:crypto';
import { sameFiles } from '../../features/feature-store.ts';
import type { BlockedTerm } from '../../governance/blocked-terms.ts';
import type { Decision } from '../../governance/decisions.ts';
import type { State } from '../../state/state.ts';
import type { Model } from '../model.ts';
import type { Comparison } from '../recluster/comparison.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import type { SegmentRequest } from '../segment-shop.ts';

/** What is kept with the candidate that answered a what-if, so that proposing it need not fit it again. */
export interface KeptWhatIf {
  /** Of what was asked, and of what the answer follows. */
  key: string;
  /** Of the rows that were imported then; null where they leave no trace, and the answer cannot be used again. */
  mark: string | null;
  comparison: Comparison;
  warnings: string[];
}

/**
 * Equal for what-ifs that ask the same of the same segments, by the same names, under the same decisions. Whether the rows are the same, the
 * mark tells.
 */
export function whatIfKey(
  asked: SegmentRequest,
  follows: Pick<RefreshRecord, 'modelId' | 'fingerprint'>,
  { segments }: Pick<Model, 'segments'>,
  { decisions, blocked }: { decisions: readonly Decision[]; blocked: readonly BlockedTerm[] },
): string {
  const { asOf, k, weights, seed, overlay, force } = asked;
  const parts = [
    [asOf, k, seed, overlay, force].map(part => part ?? null),
    [weights?.features, weights?.classes].map(sorted),
    [follows.modelId, follows.fingerprint],
    segments.map(({ key, persona: { name, neutralName } }) => [key, name, neutralName]),
    decisions.map(({ feature, effect }) => [feature, effect]),
    blocked.map(({ term }) => term),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The answer to a what-if that was worked out before, where nothing was imported since. */
export async function answered({ models }: State, key: string, mark: string | null) {
  const known = await models.whatIf(key);
  return known && sameFiles(known.whatIf.mark, mark) ? known : undefined;
}

function sorted(weights: Readonly<Record<string, number | undefined>> = {}): [string, number | undefined][] {
  return Object.entries(weights).toSorted(([a], [b]) => (a < b ? -1 : 1));
}

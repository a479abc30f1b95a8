import { createHash } from 'node:crypto';
import type { FeatureTable } from '../../features/feature.ts';
import type { ShopFit } from '../fit-shop.ts';
import type { Model } from '../model.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import type { SegmentContext, SegmentRequest } from '../segment-shop.ts';
import { carryNames } from './carry.ts';
import { compare } from './compare.ts';
import type { Comparison } from './comparison.ts';
import { matchSegments } from './match.ts';
import { survey } from './survey.ts';

/** What a fit would put in the place of the standing model. */
export interface Beside {
  /** With the keys and names that its segments would have. */
  candidate: Model;
  comparison: Comparison;
}

/** What was asked of a model, for another date. Groups are looked for again where groups stand, however thin the data. */
export function askedAsBefore(
  { asked: { k, weights }, recipe, kind }: Model,
  asOf: string,
): SegmentRequest & { asOf: string } {
  return {
    asOf,
    k: k ?? undefined,
    weights: weights ?? undefined,
    seed: recipe.seed,
    overlay: recipe.overlay,
    force: kind === 'clusters',
  };
}

/**
 * A fit beside the standing model, on the day of the fit.
 *
 * @param history the records of the standing model and of those before it, oldest first
 * @param seen the customers of the fit by the features of the standing model, where those are others; and the table of
 *   the warehouse that holds them, where it is another than the standing one
 */
export async function beside(
  { warehouse, state }: Pick<SegmentContext, 'warehouse' | 'state'>,
  {
    standing,
    history,
    fitted: { model, table, fit },
    seen = { table },
  }: {
    standing: Model;
    history: readonly RefreshRecord[];
    fitted: Pick<Extract<ShopFit, { kind: 'fitted' }>, 'model' | 'table' | 'fit'>;
    seen?: { table: FeatureTable; storedAs?: string };
  },
): Promise<Beside> {
  const record = history.at(-1)!;
  const stands = { model: standing, asOf: record.asOf };
  const { before, known, places, confidence } = await survey(warehouse, state.owner, stands, seen, fit);
  const match = matchSegments({
    standing,
    candidate: model,
    before,
    known,
    after: fit.memberOf,
    placed: record.segments.reduce((sum, { size }) => sum + size, 0),
    places,
  });
  const used = new Set(history.flatMap(({ segments }) => segments.map(({ key }) => key)));
  const candidate = { ...carryNames(standing, model, match.partners, used), id: candidateId(model, record) };
  const rows = {
    before,
    after: fit.memberOf,
    confidence: { before: confidence, after: fit.confidence },
    revenueLastYear: columnOf(table, 'revenue_last_year'),
  };
  return { candidate, comparison: compare({ standing, candidate, rows, match }) };
}

/**
 * Of the fit, of what was asked for it and of what it would follow: fitted again on the same day, it must not be taken for
 * the standing model, nor for a candidate that a later re-clustering would follow otherwise.
 */
function candidateId({ fingerprint, asked }: Model, record: RefreshRecord): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([fingerprint, asked, 'after', record.fingerprint]))
    .digest('hex');
  return `m-${hash.slice(0, 12)}`;
}

function columnOf(table: FeatureTable, id: string): Float64Array {
  const values = table.values[table.features.findIndex(feature => feature.id === id)];
  return (values ?? new Float64Array(table.profileIds.length)).map(value =>
    Number.isNaN(value) ? 0 : value,
  );
}

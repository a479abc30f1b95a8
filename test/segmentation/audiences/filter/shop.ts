import { writeFeatures } from '../../../../src/features/compute.ts';
import type { Decision } from '../../../../src/governance/decisions.ts';
import type { Sensitivity } from '../../../../src/governance/sensitivity.ts';
import {
  compileClauses,
  compileFilter,
} from '../../../../src/segmentation/audiences/filter/compile/compile.ts';
import { resolveFilter } from '../../../../src/segmentation/audiences/filter/resolve/resolve.ts';
import { type FilterShop, readFilterShop } from '../../../../src/segmentation/audiences/filter/shop.ts';
import type { Model, Segment } from '../../../../src/segmentation/model.ts';
import type { Predictions } from '../../../../src/segmentation/predictions/predictions.ts';
import type { RefreshRecord } from '../../../../src/segmentation/refresh/record.ts';
import { setAsideKey } from '../../../../src/segmentation/refresh/record.ts';
import type { Warehouse } from '../../../../src/warehouse/port.ts';
import { type Row, stock } from '../../../features/shop.ts';
import { exampleRecord } from '../../../state/example-change.ts';
import { exampleModel } from '../../../state/example-model.ts';
import { asOf, dates, owner, type Rows, segmentKeys } from './rows.ts';

const names: Readonly<Record<string, string>> = {
  loyal: 'Loyal regulars',
  'lapsed-but-recoverable': 'Lapsed but recoverable',
  'new-buyers': 'New buyers',
};

/** A model of a shop whose segments have these keys. */
export function filterModel(): Model {
  const model = exampleModel({ asOf: dates.fit, describedAsOf: asOf });
  const [like] = model.segments;
  const segments: Segment[] = segmentKeys
    .filter(key => key !== setAsideKey)
    .map(key => ({ ...like!, key, persona: { ...like!.persona, name: names[key]! } }));
  return { ...model, segments };
}

/** Records of a fit, refreshes and a promotion, the last with what was predicted. */
export function filterHistory(predictions: Predictions | undefined): RefreshRecord[] {
  const record = (at: string, kind: RefreshRecord['kind']): RefreshRecord => ({
    ...exampleRecord({ asOf: at, kind }),
    ...(at === asOf && predictions ? { predictions } : {}),
  });
  return [
    record(dates.fit, 'fit'),
    ...dates.refreshes.map(at => record(at, 'refresh')),
    record(dates.promotion, 'promotion'),
  ].sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
}

export const scored = { kind: 'scored' } as Predictions;

/** Writes the rows, and others that no filter may see. */
export async function stockFilterShop(warehouse: Warehouse, rows: Rows): Promise<void> {
  const { scores, placements, memberships, identities, ...canonical } = rows;
  const at = `${asOf} 00:00:00`;
  const own = <T extends object>(list: readonly T[], also: Row = {}) =>
    list.map(row => ({ owner, ...also, ...row }) as Row);
  const mine = {
    identities: identities as unknown as Row[],
    scores: own(scores, { as_of: at }),
    placements: own(placements, { as_of: at }).map(row => ({ ...row, candidate_key: row.segment_key })),
    memberships: own(memberships, { model_id: 'm-1' }),
  };
  // Of another state, and of another date: neither is to be seen.
  const foreign = rows.identities.map(({ source, source_id }) => ({
    profile_id: `${source}/${source_id}`,
    segment_key: 'loyal',
  }));
  const others = [
    { owner: 'another', as_of: at },
    { owner, as_of: '2026-05-04 00:00:00' },
  ];
  await stock(warehouse, {
    ...(canonical as unknown as Record<string, Row[]>),
    ...mine,
    placements: [
      ...mine.placements,
      ...others.flatMap(other =>
        foreign.map(row => ({ ...row, ...other, candidate_key: 'loyal', confidence: 1 })),
      ),
    ],
    scores: [
      ...mine.scores,
      ...others.flatMap(other =>
        foreign.map(({ profile_id }) => ({
          profile_id,
          ...other,
          churn_probability: 0.5,
          lifetime_value: 10,
        })),
      ),
    ],
  } as Parameters<typeof stock>[1]);
}

export interface FilterShopChange {
  predictions?: Predictions | undefined;
  decisions?: readonly Decision[];
  blockedTerms?: readonly string[];
  history?: readonly RefreshRecord[];
  /** What a feature is, where that matters. */
  sensitivity?: Readonly<Record<string, Sensitivity>>;
}

/** The shop of what is stocked; with what is changed of it. */
export async function filterShop(warehouse: Warehouse, change: FilterShopChange = {}): Promise<FilterShop> {
  const {
    predictions = scored,
    decisions = [],
    blockedTerms = [],
    history = filterHistory(predictions),
    sensitivity = {},
  } = change;
  const stored = await warehouse.transaction(tx => writeFeatures(tx, asOf));
  const features = {
    ...stored,
    features: stored.features.map(feature => ({
      ...feature,
      sensitivity: sensitivity[feature.id] ?? feature.sensitivity,
    })),
  };
  return readFilterShop(warehouse, {
    owner,
    model: filterModel(),
    history,
    decisions,
    blockedTerms,
    features,
  });
}

/** Ids of those who meet a filter, in order; the two forms of the query have to agree. */
export async function whoMeets(warehouse: Warehouse, shop: FilterShop, filter: unknown): Promise<string[]> {
  const resolved = await resolveFilter(filter, shop);
  const { sql, params } = compileFilter(resolved, shop);
  const found = (await warehouse.query<{ profile_id: string }>(sql, params))
    .map(row => row.profile_id)
    .sort();
  const clauses = compileClauses(resolved, shop);
  const rows = await warehouse.query<Record<string, string | boolean>>(clauses.sql, clauses.params);
  const kept = rows.filter(row => clauses.parts.every((_, i) => row[`clause_${i + 1}`] === true));
  const agreed = kept.map(row => row.profile_id).sort();
  if (JSON.stringify(agreed) !== JSON.stringify(found))
    throw new Error(`The two forms disagree on ${JSON.stringify(filter)}: ${found} and ${agreed}`);
  return found;
}

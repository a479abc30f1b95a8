import { createHash } from 'node:crypto';
import { browseFeatures, browseRows } from './browse.ts';
import { engagementFeatures, engagementRows } from './engagement.ts';
import type { Feature, FeatureRows } from './feature.ts';
import { lifecycleFeatures, lifecycleRows } from './lifecycle.ts';
import { purchaseRows } from './purchases.ts';
import { serviceFeatures, serviceRows } from './service.ts';
import { transactionFeatures } from './transaction.ts';
import { transactionRows } from './transaction-rows.ts';

/** Every feature that Kindred knows, by class. */
export const catalogue: readonly Feature[] = [
  ...transactionFeatures,
  ...browseFeatures,
  ...engagementFeatures,
  ...serviceFeatures,
  ...lifecycleFeatures,
];

export const featureRows: readonly FeatureRows[] = [
  transactionRows,
  browseRows,
  engagementRows,
  serviceRows,
  lifecycleRows,
];

/** Changes when what a number means changes: ids, SQL and treatment, not the words used for them. */
export const catalogueVersion: string = versionOf(catalogue, featureRows);

export function versionOf(features: readonly Feature[], rows: readonly FeatureRows[]): string {
  const meaning = [
    purchaseRows,
    rows.map(({ class: of, ctes, perProfile }) => [of, ctes, perProfile]),
    features.map(({ id, sql, transform, missing, support }) => [
      id,
      sql,
      transform,
      missing,
      support ?? null,
    ]),
  ];
  return createHash('sha256').update(JSON.stringify(meaning)).digest('hex').slice(0, 16);
}

const byId = new Map(catalogue.map(feature => [feature.id, feature]));

export function featureById(id: string): Feature | undefined {
  return byId.get(id);
}

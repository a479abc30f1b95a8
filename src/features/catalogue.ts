import { createHash } from 'node:crypto';
import { browseFeatures, browseRows } from './browse.ts';
import { engagementFeatures, engagementRows } from './engagement.ts';
import type { Feature, FeatureRows, SectorClass } from './feature.ts';
import { lifecycleFeatures, lifecycleRows } from './lifecycle.ts';
import { purchaseRows } from './purchases.ts';
import { accountFeatures, accountRows } from './sectors/accounts.ts';
import { planFeatures, planRows } from './sectors/plans.ts';
import { stayFeatures, stayRows } from './sectors/stays.ts';
import { usageFeatures, usageRows } from './sectors/usage.ts';
import { serviceFeatures, serviceRows } from './service.ts';
import { transactionFeatures } from './transaction.ts';
import { transactionRows } from './transaction-rows.ts';

/** What every shop is looked at by. */
const core: readonly Feature[] = [
  ...transactionFeatures,
  ...browseFeatures,
  ...engagementFeatures,
  ...serviceFeatures,
  ...lifecycleFeatures,
];

const sectorFeatures: Readonly<Record<SectorClass, readonly Feature[]>> = {
  stays: stayFeatures,
  plans: planFeatures,
  usage: usageFeatures,
  accounts: accountFeatures,
};

/** Every feature that Kindred knows, by class. */
export const catalogue: readonly Feature[] = [...core, ...Object.values(sectorFeatures).flat()];

/** What a shop is looked at by that asks for these classes of its sector. */
export function catalogueWith(sectors: readonly SectorClass[]): readonly Feature[] {
  return [...core, ...sectors.flatMap(sector => sectorFeatures[sector])];
}

export const featureRows: readonly FeatureRows[] = [
  transactionRows,
  browseRows,
  engagementRows,
  serviceRows,
  lifecycleRows,
  stayRows,
  planRows,
  usageRows,
  accountRows,
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

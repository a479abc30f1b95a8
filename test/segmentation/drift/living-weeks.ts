import { inProcess } from '../../../src/clustering/pool.ts';
import { silent } from '../../../src/progress.ts';
import type { Finding } from '../../../src/segmentation/drift/finding.ts';
import type { RefreshRecord } from '../../../src/segmentation/refresh/record.ts';
import { refresh } from '../../../src/segmentation/refresh/refresh.ts';
import { segmentShop } from '../../../src/segmentation/segment-shop.ts';
import { openState } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { freshDatabase } from '../../support/fresh-database.ts';
import type { BehaviourType } from '../../support/living-shop/behaviours.ts';
import { type LivingShopOptions, writeLivingShop } from '../../support/living-shop/living-shop.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export interface LivedWeeks {
  /** records[w]: what was recorded w weeks after the start; the first is of the fit. */
  records: RefreshRecord[];
  /** The segment that held most of the customers of a type when the segments were made. */
  segmentOf(type: BehaviourType): string;
}

/** A living shop that is segmented at its start, and then refreshed week by week as `kindred refresh` does it. */
export async function liveThrough(options: LivingShopOptions & { ahead: number }): Promise<LivedWeeks> {
  const folder = temporaryFolder();
  const warehouse = await openDuckDb({ file: ':memory:', threads: 1 });
  const state = await openState({ dataDir: folder.path, url: await freshDatabase() });
  try {
    const shop = await writeLivingShop(warehouse, { customers: 1500, ...options });
    const context = { warehouse, state, pool: inProcess, now: () => new Date('2026-11-22T12:00:00Z') };
    // As many groups as a search for them finds in this shop, without the time that it takes.
    const made = await segmentShop(context, { asOf: shop.asOf(0), k: 6, force: true }, silent);
    if (made.kind !== 'segmented') throw new Error('The living shop has lost its groups.');
    const placed = await warehouse.query<{ profile_id: string; segment_key: string }>(
      'SELECT profile_id, segment_key FROM placements WHERE owner = $1',
      [state.owner],
    );
    for (let week = 1; week <= options.ahead; week++)
      await refresh(context, { asOf: shop.asOf(week), again: false, actor: 'test' }, silent);
    return {
      records: await state.refreshes.list(),
      segmentOf(type) {
        const counts = new Map<string, number>();
        for (const { profile_id, segment_key } of placed)
          if (shop.types.get(profile_id) === type)
            counts.set(segment_key, (counts.get(segment_key) ?? 0) + 1);
        return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
      },
    };
  } finally {
    await state.close();
    await warehouse.close();
    folder.remove();
  }
}

export function alertsOf(record: RefreshRecord): Finding[] {
  return record.findings.filter(({ severity }) => severity === 'alert');
}

/** Alerts that were none at the refresh before: what somebody would be called for. */
export function newAlerts(records: readonly RefreshRecord[]): Finding[] {
  const nameOf = ({ kind, subject }: Finding) => `${kind} ${subject}`;
  return records.slice(1).flatMap((record, i) => {
    const before = new Set(alertsOf(records[i]!).map(nameOf));
    return alertsOf(record).filter(finding => !before.has(nameOf(finding)));
  });
}

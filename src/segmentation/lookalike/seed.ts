import { basename } from 'node:path';
import { InputError } from '../../errors.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { inFilterShop } from '../audiences/asked.ts';
import type { FilterShop } from '../audiences/filter/shop.ts';
import { findSegment } from '../current.ts';
import { deliverFile } from '../deliver-file.ts';
import { fillMembers, type GroupMeans, meansOf, memberTable, type SeedValue, seedRows } from './seed-rows.ts';

/** Platforms that find similar people want at least so many to learn from. */
export const leastSeed = 100;

/** A file of customers after whom an advertising platform looks for people like them. */
export interface LookalikeSeed {
  asOf: string;
  currency: string | null;
  /** `neutralName`: what to call the list on the platform, which must not read what it says of people. */
  segment: { key: string; name: string; neutralName: string };
  asked: number;
  value: SeedValue;
  /** All members; those with an address of their own who may be written to; and those of them in the file. */
  members: GroupMeans;
  usable: GroupMeans;
  seed: GroupMeans;
}

/** Writes the most valuable of a segment's most typical customers to a file, and records that somebody had it written. */
export async function writeSeed(
  { warehouse, state, now }: { warehouse: Warehouse; state: State; now: () => Date },
  { segment: key, size, file, actor }: { segment: string; size: number; file: string; actor: string },
): Promise<LookalikeSeed> {
  return inFilterShop({ warehouse, state }, async (tx, shop) => {
    const { asOf, model } = shop;
    const segment = findSegment(model, key);
    const value = await worthBy(shop);
    await fillMembers(tx, shop, { segment: key, value, size });
    const seed = {
      asOf,
      currency: model.population.currency,
      segment: { key, name: segment.persona.name, neutralName: segment.persona.neutralName },
      asked: size,
      value,
      members: await meansOf(tx, 'members'),
      usable: await meansOf(tx, 'usable'),
      seed: await meansOf(tx, 'seed'),
    };
    if (seed.seed.customers === 0)
      throw new InputError(
        `Nobody of “${segment.persona.name}” has an e-mail address of their own and may be written to.`,
        'Import customers with an `email` column, or choose another segment.',
      );
    await deliverFile(
      file,
      path => tx.exportTo(seedRows(tx), path),
      rows =>
        state.audit.append({
          at: now().toISOString(),
          actor,
          action: 'lookalike.exported',
          subject: key,
          details: { name: segment.persona.name, rows, file: basename(file), asOf },
        }),
    );
    await tx.execute(`DROP TABLE ${memberTable}`);
    return seed;
  });
}

/**
 * What is expected of customers tells more of their worth than what they have spent; not so where it is the mean of their
 * segment, which is the same for all of them.
 */
async function worthBy({ asOf, fields, history, isKnown }: FilterShop): Promise<SeedValue> {
  const predictions = history.findLast(record => record.asOf === asOf)?.predictions;
  const ofEach =
    predictions?.kind === 'scored' && predictions.calibration.targets.revenue.used !== 'segment-mean';
  const expected = fields.get('lifetime_value');
  if (ofEach && expected && (await isKnown(expected))) return 'lifetime_value';
  return fields.has('revenue') ? 'revenue' : null;
}

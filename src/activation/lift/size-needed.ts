import { detectableLift, neededPerArm } from '../../experiments/power.ts';
import { bind, daysAfter } from '../../features/as-of.ts';
import { purchaseRows } from '../../features/purchases.ts';
import { formatCount, formatValue, SMALLEST_REPORTED } from '../../segmentation/wording.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { firstLevel, POWER, usualDays } from './family.ts';

/** What a holdout can show of a campaign. */
export interface SizeNeeded {
  /** Of a window after the first exposure. */
  days: number;
  /** Share of the members who ordered within as many days before the as-of date; what those held out may be expected to do. */
  rate: number;
  /** The least rise of that rate, 0..1, which is seen four times in five; null: none, there are too few. */
  detectable: number | null;
  /** Members that it takes to see a rise by a fifth; null where nobody ordered lately. */
  forFifth: number | null;
  /** The same in one or two sentences. */
  says: string;
}

/**
 * What a lift has to be to be seen with an audience of this size.
 *
 * @param members a SELECT of the `profile_id` of all who may be assigned
 * @param holdout share of them that is held out
 */
export async function sizeNeeded(
  warehouse: Warehouse,
  {
    members,
    holdout,
    asOf,
    days = usualDays,
  }: { members: string; holdout: number; asOf: string; days?: number },
): Promise<SizeNeeded> {
  const sql = bind(
    `WITH ${purchaseRows}
SELECT count(*) AS customers, count(lately.profile_id) AS orderers
FROM (${members}) AS member
LEFT JOIN (SELECT DISTINCT profile_id FROM purchases WHERE ordered_at >= {from}) AS lately
  ON lately.profile_id = member.profile_id`,
    asOf,
    { from: `TIMESTAMP '${daysAfter(asOf, -days)} 00:00:00'` },
  );
  const [counted] = await warehouse.query<{ customers: number; orderers: number }>(sql);
  return sizeNeededOf({ ...counted!, holdout, days });
}

/** The same from counts at hand. */
export function sizeNeededOf({
  customers,
  orderers,
  holdout,
  days,
}: {
  customers: number;
  orderers: number;
  holdout: number;
  days: number;
}): SizeNeeded {
  const rate = customers === 0 ? 0 : orderers / customers;
  const heldOut = Math.floor(customers * holdout);
  // Of an audience of whom nobody ordered lately somebody will: a rate of nothing would make any lift easy to see.
  const design = {
    rate: Math.max(rate, 1 / Math.max(1, customers)),
    control: holdout,
    level: firstLevel,
    power: POWER,
  };
  const detectable = heldOut < SMALLEST_REPORTED || rate === 1 ? null : detectableLift(customers, design);
  const rise = rate / 5;
  const needed = rate > 0 && rate + rise < 1 ? neededPerArm(rise, design) : null;
  const forFifth = needed && needed.treated + needed.control;
  return { days, rate, detectable, forFifth, says: inWords({ days, rate, detectable, forFifth, heldOut }) };
}

function inWords({
  days,
  rate,
  detectable,
  forFifth,
  heldOut,
}: Omit<SizeNeeded, 'says'> & { heldOut: number }): string {
  const percent = (value: number) => formatValue(value, 'share', null);
  const usual =
    rate === 0
      ? `Nobody of them ordered in the ${days} days before`
      : `${percent(rate)} of them ordered in the ${days} days before`;
  const seen =
    detectable === null
      ? `${heldOut < SMALLEST_REPORTED ? 'With so few held out' : 'With so few customers'} no lift could be seen.`
      : `after ${days} days a rise to ${percent(rate + detectable)} (${points(detectable)}) or more would be seen four times in five.`;
  const fifth =
    forFifth === null || (detectable !== null && detectable <= rate / 5)
      ? ''
      : ` To see a rise by a fifth takes about ${formatCount(roundUp(forFifth))} customers.`;
  return detectable === null ? `${seen}${fifth}` : `${usual}: ${seen}${fifth}`;
}

/** "2.1 points", of a difference of shares. */
export const points = (difference: number) => {
  const value = Number((Math.abs(difference) * 100).toPrecision(2));
  return `${value} ${value === 1 ? 'point' : 'points'}`;
};

/** To two digits, upwards. */
export function roundUp(customers: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, customers))) - 1);
  return Math.ceil(customers / unit) * unit;
}

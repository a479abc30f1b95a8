import { readMatchedPrices } from '../../features/activity/prices.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { formatCount, formatValue } from '../wording.ts';
import type { Finding } from './finding.ts';
import { type PriceIndex, priceIndex } from './price-index.ts';

const windows = { days: 7, daysBefore: 56 };
const leastProducts = 10;
const alertAt = 0.05;
const watchAt = 0.03;
/** Standard errors by which the mean must have moved. */
const surprising = 4;
/** Part of the lines, net, that must have moved the same way: a few products are not the prices of a shop. */
const leastAgreement = 0.2;

/** Whether the products that are sold now as before cost more or less: unit prices, before any discount on the order. */
export async function priceFindings(
  warehouse: Warehouse,
  { asOf, lastYear }: { asOf: string; lastYear: string },
): Promise<Finding[]> {
  const moved = movedPrices(priceIndex(await readMatchedPrices(warehouse, asOf, windows)));
  if (!moved) return [];
  // A sale that comes every year, or its end.
  const yearAgo = priceIndex(await readMatchedPrices(warehouse, lastYear, windows));
  const isCalendar =
    yearAgo !== null &&
    yearAgo.products >= leastProducts &&
    yearAgo.change * Math.sign(moved.change) >= Math.abs(moved.change) / 2;
  const isRise = moved.change > 0;
  const size = Math.abs(moved.change);
  const counts = [`${formatCount(moved.dearer)} became dearer`, `${formatCount(moved.cheaper)} cheaper`];
  const told = `The same products cost ${formatValue(size, 'share', null)} ${isRise ? 'more' : 'less'} than in the 8 weeks before: of the ${formatCount(moved.products)} that were sold both then and in the last 7 days, ${counts.join(' and ')}`;
  return [
    {
      kind: 'price',
      severity: isCalendar ? 'note' : size >= alertAt ? 'alert' : 'watch',
      subject: isRise ? 'rise' : 'fall',
      sentence: isCalendar ? `${told}. It was so in the same week a year ago.` : `${told}.`,
      measure: {
        name: isRise ? 'rise of prices' : 'fall of prices',
        value: size,
        threshold: size >= alertAt ? alertAt : watchAt,
      },
      explainedBy: isCalendar ? 'calendar' : null,
      since: asOf,
    },
  ];
}

function movedPrices(index: PriceIndex | null): PriceIndex | null {
  if (index === null || index.products < leastProducts) return null;
  const { change, error, agreement } = index;
  const isMoved =
    Math.abs(change) >= watchAt &&
    Math.abs(Math.log1p(change)) >= surprising * error &&
    agreement >= leastAgreement;
  return isMoved ? index : null;
}

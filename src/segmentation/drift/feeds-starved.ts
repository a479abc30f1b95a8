import type { Flow } from '../../features/activity/flows.ts';
import { visitTypes } from '../../features/browse.ts';
import { featureById } from '../../features/catalogue.ts';
import type { Feature } from '../../features/feature.ts';

/** Those of the features whose rows come from feeds with a gap; what is no feature is a dimension of the category mix. */
export function starvedFeatures(broken: readonly Flow[], features: readonly string[]): string[] {
  const tables = new Set<string>(broken.map(({ table }) => table));
  const isVisit = ({ type }: Flow) => type === null || visitTypes.includes(type.toLowerCase());
  const events = broken.filter(({ table }) => table === 'events');
  const silent = {
    browse: events.some(isVisit),
    engagement: events.some(flow => flow.type === null || !isVisit(flow)),
  };
  return features.filter(id => {
    const feature = featureById(id);
    return feature ? hangsOn(feature, tables, silent) : tables.has('order_lines');
  });
}

function hangsOn(
  { class: of, needs }: Feature,
  tables: ReadonlySet<string>,
  silent: { browse: boolean; engagement: boolean },
): boolean {
  // Where nobody orders, everything that is counted in orders or since them grows older.
  if (tables.has('orders') && (of === 'transaction' || of === 'lifecycle')) return true;
  return needs
    .flatMap(need => need.split('|'))
    .some(need => {
      const table = need.split('.')[0]!;
      if (table !== 'events') return tables.has(table);
      return of === 'browse' || of === 'engagement' ? silent[of] : tables.has(table);
    });
}

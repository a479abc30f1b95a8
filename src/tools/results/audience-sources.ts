import type { AudienceFigures } from '../../segmentation/audiences/audience.ts';
import { allFields, type Field } from '../../segmentation/audiences/filter/fields.ts';
import type { Filter } from '../../segmentation/audiences/filter/filter.ts';
import type { Model } from '../../segmentation/model.ts';
import { predictorNames } from '../../segmentation/predictions/calibration/words.ts';
import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import { listed } from '../../segmentation/wording.ts';

/** Where the numbers of an audience come from, as sentences. */
export function audienceSources(
  { asOf, clauses }: AudienceFigures,
  { model, record }: { model: Model; record: RefreshRecord | undefined },
): string[] {
  const filters = clauses.flatMap(({ clause }) => leaves(clause));
  const fields = filters.flatMap(filter => ('field' in filter ? [fieldOf(filter.field)] : []));
  const named = (kind: Field['kind']) =>
    listed([...new Set(fields.flatMap(field => (field?.kind === kind ? [field.id] : [])))]);
  const says = (word: string) => filters.some(filter => word in filter);
  const predicted = record?.predictions?.kind === 'scored' ? record.predictions : null;
  const [features, scores, attributes] = [named('feature'), named('score'), named('attribute')];
  return [
    `Who is in it and their revenue: orders before ${asOf}, after returns paid by then. Later rows do not exist for it.`,
    features && `${features}: computed from imported rows as of ${asOf}.`,
    attributes && `${attributes}: the customer records of the sources.`,
    scores && `${scores}: predictions, not facts.`,
    predicted &&
      `What is expected and at risk: predicted customer by customer as of ${asOf}, orders by the ${predictorNames[predicted.calibration.targets.orders.used].replace(/^[A-Z][a-z]/, start => start.toLowerCase())}; show_predictions says how far off such predictions were.`,
    (says('segment') || says('moved')) &&
      `Segments: found on ${model.asOf}, everybody placed anew as of ${model.describedAsOf}.`,
    says('events') && 'Events: as they were imported or arrived before that date.',
  ].filter(text => typeof text === 'string' && text !== '') as string[];
}

const fieldOf = (id: string) => allFields.find(field => field.id === id);

/** The clauses of a filter, out of all that joins them. */
function leaves(filter: Filter): Filter[] {
  if ('all' in filter) return filter.all.flatMap(leaves);
  if ('any' in filter) return filter.any.flatMap(leaves);
  return 'not' in filter ? leaves(filter.not) : [filter];
}

import { catalogue } from '../../../features/catalogue.ts';
import type { Feature, Unit } from '../../../features/feature.ts';
import { scores } from '../../predictions/scores.ts';

/** What a filter may name as a field. */
export interface Field {
  /** Unique over all kinds; also its column. */
  id: string;
  kind: 'feature' | 'score' | 'attribute';
  type: 'number' | 'text' | 'yes-no';
  /** Plain English, lower case, fit to stand in a sentence: "days between orders"; of yes or no, what holds. */
  label: string;
  /** Of yes or no: what is said where it does not hold. */
  otherwise: string | null;
  /** Of numbers. */
  unit: Unit | null;
}

/** Features that are 0 or 1 of each customer. */
const flags: Readonly<Record<string, { label: string; otherwise: string }>> = {
  unsubscribed: { label: 'unsubscribed from e-mails', otherwise: 'not unsubscribed from e-mails' },
  single_order: { label: 'ordered once only', otherwise: 'ordered more than once' },
};

function fieldOf({ id, label, unit }: Feature): Field {
  const flag = flags[id];
  return flag
    ? { id, kind: 'feature', type: 'yes-no', unit: null, ...flag }
    : { id, kind: 'feature', type: 'number', label, otherwise: null, unit };
}

const scoreFields = scores.map(
  ({ id, label, unit }): Field => ({
    id,
    kind: 'score',
    type: unit === 'text' ? 'text' : 'number',
    label,
    otherwise: null,
    unit: unit === 'text' ? null : unit,
  }),
);

const text = (id: string, label: string): Field => ({
  id,
  kind: 'attribute',
  type: 'text',
  label,
  otherwise: null,
  unit: null,
});

/** Of the customer's records; the features hold what else is known of a customer, such as `tenure`. */
const attributeFields: readonly Field[] = [
  text('country', 'country'),
  text('acquisition_channel', 'acquisition channel'),
  {
    id: 'accepts_marketing',
    kind: 'attribute',
    type: 'yes-no',
    label: 'accepts marketing',
    otherwise: 'does not accept marketing',
    unit: null,
  },
];

/** Every field that Kindred knows, of whatever shop. */
export const allFields: readonly Field[] = [...catalogue.map(fieldOf), ...scoreFields, ...attributeFields];

/** Names of products and categories that the score was computed from, so that some may tell of a protected trait. */
export const namesGoods: readonly string[] = ['favourite_category', 'replenish_product'];

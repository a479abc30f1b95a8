import { z } from 'zod';
import { availabilityBy, heldEvidence } from '../features/availability.ts';
import { catalogueWith } from '../features/catalogue.ts';
import { featureClasses } from '../features/feature.ts';
import { keptFact } from '../features/kept-facts.ts';
import { keptOut } from '../governance/kept-out.ts';
import { inFilterShop } from '../segmentation/audiences/asked.ts';
import { allFields, type Field } from '../segmentation/audiences/filter/fields.ts';
import { plainName } from '../segmentation/audiences/filter/nearest-names.ts';
import type { FilterShop } from '../segmentation/audiences/filter/shop.ts';
import { type NameKind, nameKinds, namesOfKind, widespread } from '../segmentation/governance/shop-names.ts';
import { sectorsOf } from '../segmentation/overlays/overlays.ts';
import { sideBySide } from '../segmentation/typical.ts';
import { SMALLEST_REPORTED, tamed } from '../segmentation/wording.ts';
import type { State } from '../state/state.ts';
import type { Warehouse } from '../warehouse/port.ts';
import { labelOf } from './results/feature-label.ts';
import { roundedScore, roundedShare } from './results/rounding.ts';
import { count, day, ratio, share } from './results/values.ts';
import { tool } from './tool.ts';

const MOST = 20;
const MOST_NAMES = 40;

const classes = [...featureClasses, 'score', 'attribute'] as const;

const listedShape = z.object({
  id: z.string(),
  label: z.string(),
  class: z.enum(classes),
  unit: z.string(),
  /** Where it tells of a protected trait, or stands in for one. */
  sensitivity: z.enum(['proxy', 'special']).optional(),
  /** Why the data does not give it, or a filter must not name it. */
  withheld: z.string().optional(),
  /** In the standing recipe, where it has a part in it. */
  weight: ratio.optional(),
  /** Of all customers, as written, where the standing model says. */
  typical: z.string().optional(),
  /** Part of its variance that the segments explain. */
  explained: share.optional(),
});

type Listed = z.input<typeof listedShape>;

export const listFeaturesTool = tool({
  name: 'list_features',
  title: 'List features',
  description:
    'What is measured of customers, which filters may name: features, scores, attributes, with unit, weight in the segments, typical value, sensitivity; or names in the data (categories, event types).',
  input: z.object({
    class: z.enum(classes).optional(),
    search: z.string().min(1).max(100).optional().describe('words of its id or label'),
    names: z.enum(nameKinds).optional().describe('lists names of this kind instead'),
  }),
  output: z.object({
    asOf: day,
    features: z.array(listedShape),
    names: z.array(z.string()),
    /** So many fit beside those listed; of names, at least. */
    more: count,
  }),
  effect: 'read',
  role: 'viewer',
  async run({ warehouse, state }, { class: of, search, names }) {
    const words = search === undefined ? [] : plainName(search).split(' ');
    const fits = (text: string) => words.every(word => plainName(text).includes(word));
    return inFilterShop({ warehouse, state }, async (tx, shop) => {
      const { asOf } = shop;
      if (names !== undefined) {
        const found = (await knownNames(tx, state, names, asOf)).filter(fits);
        const shown = found.slice(0, MOST_NAMES).map(name => tamed(name));
        return { asOf, features: [], names: shown, more: found.length - shown.length };
      }
      const found = listedOf(shop).filter(
        ({ id, label, class: own }) => (of === undefined || own === of) && fits(`${id} ${label}`),
      );
      const shown = found.slice(0, MOST);
      const features = await withReasons(tx, shop, shown);
      return { asOf, features, names: [], more: found.length - shown.length };
    });
  },
});

/** Those of the standing recipe first, by weight; then the others in the order of the catalogue. */
function listedOf(shop: FilterShop): Listed[] {
  const { model, withheld } = shop;
  const here = new Map(catalogueWith(sectorsOf(model)).map(feature => [feature.id, feature]));
  const weights = new Map(model.recipe.features.map(({ id, weight }) => [id, weight]));
  const told = new Map(model.segments[0]?.features.map(summary => [summary.id, summary]));
  const listed = allFields
    .filter(({ id, kind }) => kind !== 'feature' || here.has(id))
    .map((field): Listed => {
      const feature = here.get(field.id);
      const summary = told.get(field.id);
      const weight = weights.get(field.id);
      const why = withheld.get(field.id)?.why;
      return {
        id: field.id,
        label: feature ? labelOf(feature) : field.label,
        class: feature?.class ?? (field.kind as 'score' | 'attribute'),
        unit: unitOf(field),
        ...(feature && feature.sensitivity !== 'none' ? { sensitivity: feature.sensitivity } : {}),
        ...(why === undefined ? {} : { withheld: why }),
        ...(weight === undefined ? {} : { weight: roundedScore(weight) }),
        ...(summary
          ? {
              typical: sideBySide(summary, model.population.currency).overall,
              explained: roundedShare(summary.explained),
            }
          : {}),
      };
    });
  return listed.toSorted((a, b) => (b.weight ?? -1) - (a.weight ?? -1));
}

/** As a clause writes its values. */
function unitOf({ type, unit }: Field): string {
  if (type !== 'number') return type === 'text' ? 'word' : 'true or false';
  return unit === 'share' ? 'share, 0 to 1' : unit!;
}

/** What is not there for want of data says which data; to find out takes a look at the rows. */
async function withReasons(
  tx: Warehouse,
  { model, asOf, features }: FilterShop,
  listed: readonly Listed[],
): Promise<Listed[]> {
  const there = new Set(features.features.map(({ id }) => id));
  const isMissing = ({ id, class: of }: Listed) => of !== 'score' && of !== 'attribute' && !there.has(id);
  if (!listed.some(isMissing)) return [...listed];
  const sectors = sectorsOf(model);
  const { missing } = availabilityBy(await keptFact(tx, heldEvidence(sectors), asOf), sectors);
  const why = new Map(missing.map(item => [item.feature.id, item.why]));
  return listed.map(item =>
    isMissing(item) ? { ...item, withheld: why.get(item.id) ?? 'This shop does not give it.' } : item,
  );
}

/** Names that go with ten customers at least, as a coupon of one tells of that one; without those that are kept out. */
async function knownNames(tx: Warehouse, state: State, kind: NameKind, asOf: string): Promise<string[]> {
  const range = { fewest: SMALLEST_REPORTED, most: 1000 };
  const names = widespread(await keptFact(tx, namesOfKind(kind), asOf), range);
  const blocked = (await state.blockedTerms.list()).map(({ term }) => term);
  const out = new Set(keptOut(names, blocked).map(({ term }) => term));
  return names.filter(name => !out.has(name));
}

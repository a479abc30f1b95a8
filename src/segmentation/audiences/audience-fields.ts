import { catalogueWith, featureById } from '../../features/catalogue.ts';
import { sectorsOf } from '../overlays/overlays.ts';
import { type AudienceContext, inFilterShop } from './asked.ts';
import type { Field } from './filter/fields.ts';

/** What filters may name in this shop. */
export interface AudienceFields {
  fields: Field[];
  /** What would be there with other data or a decision; `why` is a sentence. */
  withheld: { id: string; why: string; next: string }[];
  segments: { key: string; name: string }[];
}

export function audienceFields(
  context: Pick<AudienceContext, 'warehouse' | 'state'>,
): Promise<AudienceFields> {
  return inFilterShop(context, async (_tx, { fields, withheld, model }) => {
    const here = new Set(catalogueWith(sectorsOf(model)).map(({ id }) => id));
    return {
      fields: [...fields.values()],
      // Features of other sectors are no news to this one.
      withheld: [...withheld]
        .filter(([id]) => here.has(id) || !featureById(id))
        .map(([id, told]) => ({ id, ...told })),
      segments: model.segments.map(({ key, persona }) => ({ key, name: persona.name })),
    };
  });
}

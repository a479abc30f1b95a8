import type { AudienceContext } from './asked.ts';
import { inFilterShop } from './asked.ts';
import type { Field } from './fields.ts';

/** What filters may name in this shop. */
export interface AudienceFields {
  fields: Field[];
  /** There are such fields, and they cannot be used here. */
  withheld: { id: string; why: string; next: string }[];
  segments: { key: string; name: string }[];
}

export function audienceFields(
  context: Pick<AudienceContext, 'warehouse' | 'state'>,
): Promise<AudienceFields> {
  return inFilterShop(context, async (_tx, { fields, withheld, model }) => ({
    fields: [...fields.values()],
    withheld: [...withheld].map(([id, told]) => ({ id, ...told })),
    segments: model.segments.map(({ key, persona }) => ({ key, name: persona.name })),
  }));
}

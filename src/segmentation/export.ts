import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '../errors.ts';
import { bind } from '../features/as-of.ts';
import { computeFeatures } from '../features/compute.ts';
import type { State } from '../state/state.ts';
import { literal, type Warehouse } from '../warehouse/port.ts';
import { currentModel } from './current.ts';
import type { Model } from './model.ts';
import { overlayOf } from './overlays/overlays.ts';

export const exportables = ['memberships', 'features', 'segments'] as const;
export type Exportable = (typeof exportables)[number];

/** Writes one of the results to a file and returns its number of rows. The ending of the file is its format. */
export async function exportData(
  warehouse: Warehouse,
  state: State,
  what: Exportable,
  file: string,
): Promise<number> {
  const model = await currentModel(state);
  const target = resolve(file);
  await mkdir(dirname(target), { recursive: true }).catch(error => {
    throw new InputError(
      `The folder of ${target} cannot be made: ${error.message}`,
      'Choose another place with --to.',
      { cause: error },
    );
  });
  if (what === 'features') await featuresOf(warehouse, model);
  return warehouse.exportTo(select(what, model), target);
}

/** A later search that found no groups may have left the features of another date. */
async function featuresOf(warehouse: Warehouse, model: Model): Promise<void> {
  const other = bind('SELECT 1 AS found FROM features WHERE as_of <> {as_of} LIMIT 1', model.asOf);
  if ((await warehouse.query(other)).length > 0)
    await computeFeatures(warehouse, model.asOf, overlayOf(model.recipe.overlay).adds);
}

function select(what: Exportable, model: Model): string {
  if (what === 'features') return 'SELECT * FROM features ORDER BY profile_id';
  return what === 'segments' ? segmentRows(model) : membershipRows(model);
}

/**
 * A row for each id that a source knows the customer by, so that the file joins back to that source. Profiles may have
 * been joined since the segmentation: a membership follows the id that its profile was named after, and of several that
 * have become one person's the surest counts.
 */
function membershipRows(model: Model): string {
  const names = model.segments.map(segment => `(${literal(segment.key)}, ${literal(segment.persona.name)})`);
  return `
    SELECT customer_id, segment_key, segment_name, confidence
    FROM (
      SELECT i.source, i.source_id AS customer_id,
             coalesce(m.segment_key, 'set-aside') AS segment_key,
             CASE WHEN m.segment_key IS NULL THEN 'Set aside: unusual volume' ELSE s.name END AS segment_name,
             m.confidence AS confidence,
             row_number() OVER (
               PARTITION BY i.source, i.source_id ORDER BY m.confidence DESC NULLS LAST, m.profile_id
             ) AS place
      FROM memberships m
      JOIN identities named ON named.source || '/' || named.source_id = m.profile_id
      JOIN identities i ON i.profile_id = named.profile_id
      LEFT JOIN (VALUES ${names.join(', ')}) AS s (key, name) ON s.key = m.segment_key
      WHERE m.model_id = ${literal(model.id)}
    ) AS members
    WHERE place = 1
    ORDER BY source, customer_id`;
}

function segmentRows(model: Model): string {
  const rows = model.segments.map(segment => {
    const { persona } = segment;
    const texts = [segment.key, persona.name, persona.sentence, persona.action, segment.rule.text].map(
      literal,
    );
    // Bare literals would be decimals of as many digits as each happens to have.
    const numbers = [segment.share, segment.revenue, segment.revenueShare, segment.confidence].map(
      value => `CAST(${value} AS DOUBLE PRECISION)`,
    );
    return `(${[...texts, segment.size, ...numbers].join(', ')})`;
  });
  return `
    SELECT * FROM (VALUES ${rows.join(',\n')})
    AS s (segment_key, segment_name, definition, action, rule, customers, share, revenue, revenue_share, confidence)
    ORDER BY customers DESC, segment_key COLLATE "C"`;
}

import type { Matrix } from '../clustering/matrix.ts';
import type { ColumnTransform } from '../clustering/scaling.ts';
import type { FeatureTable } from '../features/feature.ts';
import type { PersonaTemplate } from './archetype.ts';
import type { Persona, Segment } from './model.ts';
import type { OverlayId } from './overlays/overlay.ts';
import { writePersonas } from './personas.ts';
import { revenueOf } from './revenue.ts';
import { type SegmentSummaries, summarise } from './summary.ts';

export interface DescribeInput {
  table: FeatureTable;
  matrix: Matrix;
  transforms: ColumnTransform[];
  rowOf: Int32Array;
  labels: Int32Array;
  k: number;
  confidence: Float64Array;
  currency: string | null;
  overlay: OverlayId;
  /** Names that are settled already, one a group. */
  given?: readonly PersonaTemplate[];
}

/** Measures each group and writes its persona; segment i is the group with label i. */
export function describeSegments(input: DescribeInput): { segments: Segment[]; carrying: string[] } {
  const summaries = summarise({ ...input, revenue: revenueOf(input.table) });
  const given = input.given ? { given: input.given } : {};
  const personas = writePersonas(summaries, { currency: input.currency, overlay: input.overlay, ...given });
  return { segments: toSegments(summaries, personas), carrying: summaries.carrying };
}

/** Joins what was measured with how it is told, under keys that are slugs of the names. */
function toSegments(summaries: SegmentSummaries, personas: readonly Persona[]): Segment[] {
  const keys = personas.map(persona => slug(persona.name));
  return summaries.segments.map((summary, i) => ({
    ...summary,
    key: keys[i]!,
    neighbours: summary.neighbours.map(({ segment, distance }) => ({ key: keys[segment]!, distance })),
    persona: personas[i]!,
  }));
}

/** Names are unique and so are their slugs: personas differ in more than punctuation. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

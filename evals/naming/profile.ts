import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { featureById } from '../../src/features/catalogue.ts';
import type { FeatureSummary, Model, Segment } from '../../src/segmentation/model.ts';
import { overlays } from '../../src/segmentation/overlays/overlays.ts';
import { writePersonas } from '../../src/segmentation/personas.ts';
import { rfmCells } from '../../src/segmentation/rfm-cells.ts';

/** The segments of a shop as they were measured, without their texts: those are written anew wherever it is used. */
export const profile = z.object({
  id: z.string(),
  /** Where the figures come from, for whoever reads a report. */
  about: z.string(),
  source: z.enum(['real', 'made', 'edge']),
  kind: z.enum(['clusters', 'rfm']),
  overlay: z.enum(overlays.map(({ id }) => id)),
  asOf: z.string(),
  currency: z.string().nullable(),
  customers: z.number(),
  setAside: z.number(),
  months: z.number(),
  /** By feature id: mean, median and explained share of variance. */
  overall: z.record(z.string(), z.tuple([z.number(), z.number(), z.number()])),
  /** What a feature is that the catalogue does not hold: label, unit, class. */
  unlisted: z
    .record(z.string(), z.tuple([z.string(), z.literal('share'), z.literal('transaction')]))
    .default({}),
  segments: z.array(
    z.object({
      key: z.string(),
      /** Set by a person; else the name is the deterministic one. */
      name: z.string().optional(),
      size: z.number(),
      share: z.number(),
      revenue: z.number(),
      revenueShare: z.number(),
      confidence: z.number(),
      rule: z.object({ text: z.string(), precision: z.number(), recall: z.number() }),
      /** Keys, nearest first. */
      neighbours: z.array(z.string()),
      /** By feature id: mean, median and standardised difference. */
      features: z.record(z.string(), z.tuple([z.number(), z.number(), z.number()])),
    }),
  ),
});

export type Profile = z.infer<typeof profile>;

const folder = fileURLToPath(new URL('./profiles', import.meta.url));

/** Every stored profile, by id. */
export async function readProfiles(): Promise<Profile[]> {
  const files = (await readdir(folder)).filter(file => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async file => profile.parse(JSON.parse(await readFile(`${folder}/${file}`, 'utf8')))),
  );
}

/** The figures of a model that texts are written from, to six digits; shares as fact sheets have them. */
export function profileOf(model: Model, told: Pick<Profile, 'id' | 'about' | 'source'>): Profile {
  const { population, segments } = model;
  const overall = segments[0]!.features.map(
    ({ id, overallMean, overallMedian, explained }) =>
      [id, [overallMean, overallMedian, explained].map(digits) as [number, number, number]] as const,
  );
  return {
    ...told,
    kind: model.kind,
    overlay: model.recipe.overlay,
    asOf: model.describedAsOf,
    currency: population.currency,
    customers: population.customers,
    setAside: population.setAside.count,
    months: digits(population.months),
    overall: Object.fromEntries(overall),
    unlisted: {},
    segments: segments.map(
      ({ key, size, share, revenue, revenueShare, confidence, rule, neighbours, features }) => ({
        key,
        size,
        share: fourDecimals(share),
        revenue: digits(revenue),
        revenueShare: fourDecimals(revenueShare),
        confidence: digits(confidence),
        rule: { text: rule.text, precision: digits(rule.precision), recall: digits(rule.recall) },
        neighbours: neighbours.map(neighbour => neighbour.key),
        features: Object.fromEntries(
          features.map(({ id, mean, median, difference }) => [
            id,
            [mean, median, difference].map(digits) as [number, number, number],
          ]),
        ),
      }),
    ),
  };
}

const digits = (value: number) => Number(value.toPrecision(6));
const fourDecimals = (value: number) => Number(value.toFixed(4));

/** The profile as a model whose texts are the deterministic ones; what no text is written from is blank. */
export function modelOf(of: Profile): Model {
  const measured = of.segments.map(segment => ({ ...segment, features: featuresOf(segment.features, of) }));
  const cells = measured.flatMap(({ key }) => rfmCells.find(({ name }) => slugged(name) === key) ?? []);
  const personas = writePersonas(
    { segments: measured.map(segment => ({ ...segment, neighbours: [] })), carrying: [] },
    { currency: of.currency, overlay: of.overlay, ...(of.kind === 'rfm' ? { given: cells } : {}) },
  );
  const segments: Segment[] = measured.map(({ name, neighbours, ...segment }, i) => ({
    ...segment,
    neighbours: neighbours.map((key, distance) => ({ key, distance })),
    persona: { ...personas[i]!, ...(name === undefined ? {} : { name }) },
  }));
  const richest = segments.reduce((most, one) => (one.revenueShare > most.revenueShare ? one : most));
  return {
    id: of.id,
    kind: of.kind,
    fingerprint: of.id,
    dataFingerprint: of.id,
    catalogueVersion: '',
    asOf: of.asOf,
    createdAt: `${of.asOf}T00:00:00Z`,
    recipe: { overlay: of.overlay, features: [], classWeights: {}, k: segments.length, seed: 1 },
    asked: { k: null, weights: null },
    transforms: [],
    embedding: null,
    centroids: [],
    choice: null,
    limits: null,
    cuts: null,
    reference: { tenureEdges: [], features: [] },
    describedAsOf: of.asOf,
    population: {
      customers: of.customers,
      setAside: { count: of.setAside, revenueShare: 0, why: '' },
      withoutOrders: 0,
      // With that of those set aside, of whom the profile keeps no more; the largest share has the most digits.
      revenue: richest.revenue / richest.revenueShare,
      currency: of.currency,
      months: of.months,
    },
    segments,
    carrying: [],
    map: [],
  };
}

function featuresOf(values: Profile['segments'][number]['features'], of: Profile): FeatureSummary[] {
  return Object.entries(values).map(([id, [mean, median, difference]]) => {
    const [label, unit, named] = of.unlisted[id] ?? [];
    const known = featureById(id);
    const [overallMean, overallMedian, explained] = of.overall[id]!;
    return {
      id,
      label: label ?? known!.label,
      unit: unit ?? known!.unit,
      class: named ?? known!.class,
      ...{ mean, median, overallMean, overallMedian, difference, explained },
    };
  });
}

const slugged = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

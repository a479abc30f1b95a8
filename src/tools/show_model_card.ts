import { z } from 'zod';
import { roundedScore, roundedShare } from './results/rounding.ts';
import { readSegments } from './results/segment-figures.ts';
import { setAsideOf, setAsideShape } from './results/set-aside.ts';
import { count, day, money, people, peopleOf, ratio, share } from './results/values.ts';
import { tool } from './tool.ts';

const MOST_FEATURES = 40;

export const showModelCardTool = tool({
  name: 'show_model_card',
  title: 'Show the model card',
  description:
    'How the standing segments were found: recipe with weights, every number of groups that was tried and why this one, stability, separation from chance (delta), fingerprints, dates, population.',
  input: z.object({}),
  output: z.object({
    id: z.string(),
    /** `clusters` found in the data; `rfm`: classical cells, as the data carries no more. */
    kind: z.enum(['clusters', 'rfm']),
    fittedAsOf: day,
    /** Date of all figures. */
    asOf: day,
    fittedOn: day,
    fingerprint: z.string(),
    dataFingerprint: z.string(),
    catalogueVersion: z.string(),
    population: z.object({
      customers: people,
      withoutOrders: people,
      revenue: money,
      currency: z.string().nullable(),
      months: count,
      setAside: setAsideShape,
    }),
    recipe: z.object({
      overlay: z.string(),
      seed: z.string(),
      groups: z.string(),
      /** Weights by feature, largest first. */
      features: z.record(z.string(), ratio),
      more: count,
      classWeights: z.record(z.string(), ratio),
      /** Asked for by a person, beside what the data gave. */
      askedWeights: z.boolean(),
    }),
    choice: z
      .object({
        k: count.nullable(),
        reason: z.string(),
        /** Of the chosen number: how far the groups are from chance, and how well the least stable is found again. */
        delta: ratio.nullable(),
        stability: share.nullable(),
        table: z.array(
          z.object({
            k: count,
            silhouette: ratio,
            delta: ratio,
            stability: share,
            overlap: ratio,
            smallest: people,
            why: z.string(),
          }),
        ),
      })
      .nullable(),
    /** Features that tell the segments apart most, strongest first. */
    carrying: z.array(z.string()),
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }) {
    const { model, whole, currency } = await readSegments(state);
    const { recipe, population, choice } = model;
    const chosen = choice?.table.find(({ k }) => k === choice.k);
    const features = recipe.features.toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
    return {
      id: model.id,
      kind: model.kind,
      fittedAsOf: model.asOf,
      asOf: model.describedAsOf,
      fittedOn: model.createdAt.slice(0, 10),
      fingerprint: model.fingerprint,
      dataFingerprint: model.dataFingerprint,
      catalogueVersion: model.catalogueVersion,
      population: {
        customers: whole.people(population.customers),
        withoutOrders: peopleOf(population.withoutOrders),
        revenue: whole.money(population.revenue),
        currency,
        months: roundedScore(population.months),
        setAside: setAsideOf(population),
      },
      recipe: {
        overlay: recipe.overlay,
        seed: `${recipe.seed}`,
        groups: typeof recipe.k === 'number' ? `${recipe.k}` : `from ${recipe.k.min} to ${recipe.k.max}`,
        features: Object.fromEntries(
          features.slice(0, MOST_FEATURES).map(({ id, weight }) => [id, roundedScore(weight)]),
        ),
        more: Math.max(0, features.length - MOST_FEATURES),
        classWeights: Object.fromEntries(
          Object.entries(recipe.classWeights).map(([of, weight]) => [of, roundedScore(weight)]),
        ),
        askedWeights: model.asked.weights !== null,
      },
      choice: choice && {
        k: choice.k,
        reason: choice.reason,
        delta: chosen ? roundedScore(chosen.delta) : null,
        stability: chosen ? roundedShare(chosen.jaccard) : null,
        table: choice.table.map(row => ({
          k: row.k,
          silhouette: roundedScore(row.silhouette),
          delta: roundedScore(row.delta),
          stability: roundedShare(row.jaccard),
          overlap: roundedScore(row.overlap),
          smallest: peopleOf(row.smallestSize),
          why: row.why,
        })),
      },
      carrying: model.carrying,
    };
  },
});

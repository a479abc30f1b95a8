import { z } from 'zod';
import { isWithheld, readSegments, segmentFigures, segmentPredictions } from './results/segment-figures.ts';
import { setAsideOf, setAsideShape } from './results/set-aside.ts';
import { day, money, people } from './results/values.ts';
import { tool } from './tool.ts';

export const listSegmentsTool = tool({
  name: 'list_segments',
  title: 'List the segments',
  description:
    'All segments: key, name, definition, customers, share, revenue, trend, value at risk and churn; who is in none.',
  input: z.object({}),
  output: z.object({
    asOf: day,
    currency: z.string().nullable(),
    customers: people,
    revenue: money,
    /** `clusters` found in the data; `rfm`: classical cells, as the data carries no more. */
    kind: z.enum(['clusters', 'rfm']),
    segments: z.array(
      z.object({
        ...segmentFigures,
        valueAtRisk: segmentPredictions.valueAtRisk,
        churn: segmentPredictions.churn,
        /** null where the segment is too small to be described. */
        sentence: z.string().nullable(),
      }),
    ),
    setAside: setAsideShape,
  }),
  effect: 'read',
  role: 'viewer',
  async run({ state }) {
    const { model, currency, whole, figures, predictions } = await readSegments(state);
    const { population, segments, describedAsOf, kind } = model;
    return {
      asOf: describedAsOf,
      currency,
      customers: whole.people(population.customers),
      revenue: whole.money(population.revenue),
      kind,
      segments: segments.map(segment => {
        const { valueAtRisk, churn } = predictions(segment);
        return {
          ...figures(segment),
          valueAtRisk,
          churn,
          sentence: isWithheld(segment) ? null : segment.persona.sentence,
        };
      }),
      setAside: setAsideOf(population),
    };
  },
});

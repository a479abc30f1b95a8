import { z } from 'zod';
import { type ChartData, chartKinds } from '../../charts/chart-data.ts';
import { day, people, ratio } from './values.ts';

const axis = z.object({ feature: z.string(), rises: z.boolean() }).nullable();
const sizes = z.array(people.nullable());

/** What `src/charts` draws, as a tool tells it: see there what each field says. */
export const chartData = z.object({
  asOf: day,
  chart: z.enum(chartKinds),
  title: z.string(),
  note: z.string(),
  alt: z.string(),
  segments: z.array(z.object({ key: z.string(), name: z.string(), customers: people })),
  map: z
    .object({
      places: z.array(z.object({ x: ratio, y: ratio, long: ratio, short: ratio, tilt: ratio }).nullable()),
      across: axis,
      up: axis,
    })
    .nullable(),
  profile: z
    .object({
      features: z.array(z.string()),
      rows: z.array(z.array(z.object({ difference: ratio, value: z.string() })).nullable()),
    })
    .nullable(),
  moves: z
    .object({
      from: day,
      flows: z.array(z.object({ from: z.string(), to: z.string(), customers: people })),
    })
    .nullable(),
  sizes: z
    .object({
      dates: z.array(day),
      replaced: z.array(day),
      lines: z.array(sizes),
      earlier: z.array(z.object({ name: z.string(), sizes })),
    })
    .nullable(),
}) satisfies z.ZodType<ChartData>;

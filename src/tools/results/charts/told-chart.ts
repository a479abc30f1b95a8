import type { z } from 'zod';
import { listed } from '../../../segmentation/wording.ts';
import type { chartData } from '../chart-data.ts';

/** What is told of one chart, beside what is told with all. */
export type ToldChart = Omit<z.input<typeof chartData>, 'asOf' | 'chart' | 'segments'>;

/** The charts that a result does not tell. */
export const noOther = { map: null, profile: null, moves: null, sizes: null };

/** "Left out, under ten customers: A and B."; blank where none are. */
export function leftOut(names: readonly string[], why: string): string {
  return names.length === 0 ? '' : ` Left out, ${why}: ${listed(names)}.`;
}

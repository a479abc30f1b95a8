import type { ScoreId, scores } from './scores.ts';

export type TextScoreId = Extract<(typeof scores)[number], { unit: 'text' }>['id'];
export type NumericScoreId = Exclude<ScoreId, TextScoreId>;

/** Scores by column, in the order of `profileIds`; NaN and null where nothing can be said. */
export interface ScoreColumns {
  profileIds: string[];
  numbers: Record<NumericScoreId, Float64Array>;
  texts: Record<TextScoreId, (string | null)[]>;
}

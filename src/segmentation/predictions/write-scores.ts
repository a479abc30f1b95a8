import type { AsOf } from '../../features/as-of.ts';
import type { Progress } from '../../progress.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import type { Model } from '../model.ts';
import type { Predictions } from './predictions.ts';

export interface ScoresRequest {
  /** The state whose scores they are: several may share a warehouse. */
  owner: string;
  /** By whose segments the shop's predictions are told; everybody is placed by it as of the date. */
  model: Model;
  asOf: AsOf;
  progress?: Progress | undefined;
}

/**
 * Scores everybody as of a date and writes that to the table `scores`, inside a transaction that has placed everybody as
 * of the date; tells what the scores rest on, or why there are none.
 */
export async function writeScores(_tx: Warehouse, _request: ScoresRequest): Promise<Predictions> {
  return { kind: 'none', reason: 'Not computed yet.' };
}

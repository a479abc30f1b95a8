import type { PlanBody } from '../../activation/sync.ts';
import type { State } from '../../state/state.ts';
import type { RefreshRecord } from '../refresh/record.ts';
import { recordName } from '../refresh/record-name.ts';

/** Why a plan of a sync cannot be sent any more, as the end of a sentence; null where it can. */
export async function whyOutdatedPlan(
  { syncs, syncRuns, connections }: Pick<State, 'syncs' | 'syncRuns' | 'connections'>,
  { sync, run, kind, record, connection, asOf }: PlanBody,
  history: readonly RefreshRecord[],
): Promise<string | null> {
  if (!(await connections.byName(connection))) return `the connection ${connection} is gone`;
  const standing = await syncs.byId(sync);
  if (standing?.status === 'ended') return `${sync} has ended`;
  if (standing?.status === 'paused' && kind === 'follow') return `${sync} is paused`;
  const isEnding = (await syncRuns.ofSync(sync)).some(
    other => other.kind === 'end' && other.status === 'approved',
  );
  if (isEnding) return `${sync} is about to end`;
  if ((await syncRuns.byId(run))?.status !== 'planned') return 'another plan took its place';
  // Who goes at the end is whom Kindred put there, whatever the segments are.
  if (kind === 'follow' && recordName(history) !== record)
    return `it was planned as of ${asOf}, and the segments were refreshed or changed since`;
  return null;
}

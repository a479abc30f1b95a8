import { reclusterAdvised } from '../segmentation/recluster/advised.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import { candidateKinds } from '../state/proposals.ts';
import type { State } from '../state/state.ts';

/** Drift that lasts would ask every week; who has just decided, or has yet to, is not asked again so soon. */
const quietDays = 28;

/**
 * Has the segments found anew where the drift of a refresh calls for it, besides the quarterly schedule. Returns whether
 * a job was made.
 */
export async function enqueueAdvised(
  { jobs, proposals }: State,
  { findings }: Pick<RefreshRecord, 'findings'>,
  now: Date,
): Promise<boolean> {
  if (reclusterAdvised(findings, []).length === 0) return false;
  const since = new Date(now.getTime() - quietDays * 86_400_000).toISOString();
  const latest = (await proposals.list()).find(({ kind }) => candidateKinds.includes(kind));
  if (latest && (latest.status === 'open' || latest.createdAt > since)) return false;
  const last = await jobs.lastDue('recluster');
  if (last && last > since) return false;
  await jobs.enqueue('recluster', now.toISOString());
  return true;
}

import type { App } from '../app.ts';
import { dateIn } from '../date-in.ts';
import { UpstreamError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Progress } from '../progress.ts';
import { dailyRights } from '../rights/retention.ts';
import { approve } from '../segmentation/proposals/decide.ts';
import { recluster } from '../segmentation/recluster/recluster.ts';
import type { RefreshRecord } from '../segmentation/refresh/record.ts';
import { refresh } from '../segmentation/refresh/refresh.ts';
import { tellTriggers } from '../segmentation/triggers/manage.ts';
import { formatCount } from '../segmentation/wording.ts';
import { syncIn } from '../sources/pull/sync-in.ts';
import { sourceOf } from '../sources/vendors/registry.ts';
import type { JobKind } from '../state/jobs.ts';
import type { State } from '../state/state.ts';
import { platformOf } from '../vendors/platform.ts';
import { enqueueAdvised } from './advised.ts';
import type { JobWork } from './run-job.ts';

/** What each kind of job does. */
export function jobWork(app: App, log?: Log): Record<JobKind, JobWork> {
  const { config, now } = app;
  const opened = async () => {
    const state = await app.state();
    const context = { warehouse: await app.warehouse(), state, pool: app.pool(), now };
    return { context, asOf: await asOfToday(state, dateIn(config.timeZone, now())) };
  };
  return {
    async refresh(signal) {
      const { context, asOf } = await opened();
      const request = { asOf, again: false, actor: 'kindred' };
      const { kind, record } = await refresh(context, request, stopping(signal));
      if (kind === 'already') return `the segments stand as of ${record.asOf} already`;
      const anew = config.reclusterSchedule && (await enqueueAdvised(context.state, record, now()));
      return `${cameOf(record)}${anew ? '; drift calls for the segments to be found anew' : ''}`;
    },
    async recluster(signal) {
      const { context, asOf } = await opened();
      const outcome = await recluster(context, { asOf, actor: 'kindred' }, stopping(signal));
      if ('kind' in outcome) return 'there are no stable groups: the standing segments stay';
      const { id } = outcome.proposal;
      if (!config.autoPromote) return `proposal ${id} waits for a decision`;
      const decision = { id, by: 'configuration', reason: 'KINDRED_AUTO_PROMOTE is set' };
      await approve(context, decision, stopping(signal));
      return `proposal ${id} was approved by the configuration`;
    },
    retention: signal => dailyRights(app, signal),
    async pull(signal) {
      const platform = platformOf(app, signal, log);
      const { connections } = await app.state();
      const names = (await connections.list())
        .filter(({ vendor }) => sourceOf(vendor))
        .map(({ name }) => name);
      if (names.length === 0) return 'nothing is connected that rows can be pulled from';
      const free = names.filter(name => !app.pulling.has(name));
      if (free.length === 0) return `rows are pulled from ${names.join(', ')} already`;
      const report = await syncIn(app, { connections: free, signal, platform, progress: stopping(signal) });
      const tell = async () => tellTriggers(await app.warehouse(), app.state, now);
      await app.turns.take('telling triggers', tell, signal);
      const failed = report.connections.find(pulled => pulled.failed);
      if (failed?.failed)
        throw new UpstreamError(
          `${failed.name} was not pulled to its end: ${failed.failed.message}`,
          failed.failed.next,
        );
      const rows = report.connections.flatMap(({ streams }) => streams.map(stream => stream.rows.stored));
      return `pulled from ${report.connections.map(({ name }) => name).join(', ')}; ${formatCount(rows.reduce((sum, stored) => sum + stored, 0))} rows stored`;
    },
  };
}

/**
 * Today, and not the day after the last order, so that a feed of orders that broke shows as one; but never before the
 * latest record, which may have been made with orders of this very day.
 */
async function asOfToday({ refreshes }: State, today: string): Promise<string> {
  const latest = await refreshes.latest();
  return latest && latest.asOf > today ? latest.asOf : today;
}

function cameOf({ asOf, moves, findings }: RefreshRecord): string {
  const moved = moves.reduce((sum, { customers }) => sum + customers, 0);
  const alerts = findings.filter(({ severity }) => severity === 'alert').length;
  const told = [`${formatCount(moved)} moved`, ...(alerts > 0 ? [`alerts: ${alerts}`] : [])];
  return `refreshed as of ${asOf}; ${told.join(', ')}`;
}

/** Stops a use case at the next step that it tells of. */
function stopping(signal: AbortSignal): Progress {
  return () => signal.throwIfAborted();
}

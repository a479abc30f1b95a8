import type { App } from '../app.ts';
import type { Progress } from '../progress.ts';
import type { JobKind } from '../state/jobs.ts';
import type { JobWork } from './run-job.ts';
import { dateIn } from './ticks.ts';

/** What each kind of job does. */
export function jobWork(app: App): Record<JobKind, JobWork> {
  const { config, now, pool } = app;
  const context = async () => ({
    warehouse: await app.warehouse(),
    state: await app.state(),
    pool: pool(),
    now,
  });
  return {
    // As of today and not of the last order, so that a feed of orders that broke shows as one.
    async refresh(signal) {
      const { refresh } = await import('../segmentation/refresh/refresh.ts');
      const asOf = dateIn(config.timeZone, now());
      const request = { asOf, again: false, actor: 'kindred' };
      const { kind, record } = await refresh(await context(), request, stopping(signal));
      return kind === 'already' ? `refreshed already as of ${record.asOf}` : `refreshed as of ${record.asOf}`;
    },
    async recluster(signal) {
      const { recluster } = await import('../segmentation/recluster/recluster.ts');
      const { approve } = await import('../segmentation/recluster/promote.ts');
      const asOf = dateIn(config.timeZone, now());
      const given = await context();
      const outcome = await recluster(given, { asOf, actor: 'kindred' }, stopping(signal));
      if ('kind' in outcome) return 'there are no stable groups: the standing segments stay';
      const { id } = outcome.proposal;
      if (!config.autoPromote) return `proposal ${id} waits for a decision`;
      await approve(given, { id, by: 'configuration', reason: 'KINDRED_AUTO_PROMOTE is set' });
      return `proposal ${id} approved by the configuration`;
    },
  };
}

/** Stops a use case at the next step that it tells of. */
function stopping(signal: AbortSignal): Progress {
  return () => signal.throwIfAborted();
}

import type { ServerContext } from '@modelcontextprotocol/server';
import { type Progress, silent } from '../../progress.ts';

/** Milliseconds between two tellings of one stage: a fit tells of hundreds of steps in a second. */
const pause = 250;

/** What a client is told of a call on its way. */
export interface Told {
  progress: number;
  total?: number;
  message: string;
}

/**
 * Tells stages in the terms of the protocol: a number that only grows, over all stages, with a total where the stage has
 * one. A new stage and the end of one are told at once, steps between them some times a second.
 *
 * @param now milliseconds of a clock that only goes forward
 */
export function inSteps(tell: (told: Told) => void, now: () => number): Progress {
  let stage: string | undefined;
  let base = 0;
  let last = -1;
  let toldAt = Number.NEGATIVE_INFINITY;
  return event => {
    const isNew = event.stage !== stage;
    if (isNew) {
      stage = event.stage;
      base = last + 1;
    }
    const progress = base + (event.done ?? 0);
    const isLast = event.done !== undefined && event.done === event.total;
    if (progress <= last || (!isNew && !isLast && now() - toldAt < pause)) return;
    last = progress;
    toldAt = now();
    const total = event.total === undefined ? undefined : Math.max(progress, base + event.total);
    tell({ progress, ...(total === undefined ? {} : { total }), message: event.stage });
  };
}

/** For a call that asked for it with a token; a client that is gone is told nothing, and that is no failure. */
export function progressOf(
  { mcpReq }: Pick<ServerContext, 'mcpReq'>,
  now: () => number = () => performance.now(),
): Progress {
  const progressToken = mcpReq._meta?.progressToken;
  if (progressToken === undefined) return silent;
  return inSteps(told => {
    mcpReq.notify({ method: 'notifications/progress', params: { progressToken, ...told } }).catch(() => {});
  }, now);
}

import { App as Bolt } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import type { SlackContext } from '../context.ts';
import { apologise } from './apology.ts';
import type { Identity } from './identity.ts';
import type { Received } from './receive.ts';

interface BoltApp {
  bolt: Bolt;
  /** Has the listeners called; rejected where one failed. */
  dispatch(received: Received): Promise<void>;
}

/** Bolt, as far as it sorts what Slack told and calls listeners. How it comes in is Kindred's own. */
export function boltApp(slack: SlackContext, options: WebClientOptions, me: Identity): BoltApp {
  const { config, log } = slack;
  const bolt = new Bolt({
    receiver: { init() {}, start: async () => {}, stop: async () => {} },
    authorize: async () => ({
      botToken: config.botToken,
      botId: me.bot,
      botUserId: me.user,
      teamId: me.team,
    }),
    clientOptions: options,
    logger: options.logger!,
    convoStore: false,
    extendedErrorHandler: true,
  });
  bolt.error(async ({ error: caught, body }: { error: Error; body: object }) => {
    const error = thrownBy(caught);
    if (!slack.stopping.aborted)
      await apologise(error, { ...body }, slack).catch(err => {
        log.warn({ err }, 'nobody in Slack was told what went wrong');
      });
    throw error;
  });
  return {
    bolt,
    dispatch: ({ body, ack, retry }) =>
      bolt.processEvent({ body, ack, ...(retry ? { retryNum: retry.num, retryReason: retry.reason } : {}) }),
  };
}

/** What a listener threw, out of what Bolt wraps around it. */
function thrownBy(error: Error): unknown {
  if ('original' in error) return error.original;
  if ('originals' in error && Array.isArray(error.originals)) return error.originals[0];
  return error;
}

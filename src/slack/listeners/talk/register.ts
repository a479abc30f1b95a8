import type { App as Bolt } from '@slack/bolt';
import type { SlackContext } from '../../context.ts';
import { createTalk, type TalkOptions } from '../../talk/talk.ts';
import { hear } from './hear.ts';
import { suggest } from './suggest.ts';

/** What people say to Kindred: in direct messages, by a mention, and in threads that it takes part in. */
export function registerTalk(bolt: Bolt, slack: SlackContext, options?: TalkOptions): void {
  const talk = createTalk(slack, options);
  const heard = hear(slack, talk);
  bolt.event('app_mention', ({ event, context }) => heard(event, context));
  bolt.event('message', ({ event, context }) => heard(event, context));
  bolt.event('agent_session_stopped', ({ event }) =>
    talk.stop({ spot: { channel: event.channel, thread: event.thread_ts }, ts: event.event_ts }),
  );
  bolt.event('app_home_opened', ({ event }) => suggest(slack, event));
}

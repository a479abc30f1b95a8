import type { KnownBlock } from '@slack/types';
import type { SlackMessage } from '../../state/slack-messages.ts';
import type { SlackContext } from '../context.ts';

/** A message as it is posted. */
export interface Rendered {
  /** What notifications and screen readers take: mrkdwn of ours. */
  text: string;
  /** The first is posted to the channel, the others below it in its thread. None without blocks. */
  parts: readonly [KnownBlock[], ...KnownBlock[][]];
  /** The state that it is drawn in, to be kept with it. */
  shown?: string;
}

/** What is left of a message when its time comes: its content, or why there is nothing to tell any more. */
export type Render = (
  slack: SlackContext,
  message: SlackMessage,
) => Promise<Rendered | { superseded: string }>;

/** One of each kind. It may take as long as a model does, and is asked anew at each attempt. */
export type Renderers = Readonly<Record<SlackMessage['kind'], Render>>;

import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { Place } from '../../approval/place.ts';

/** Where a button stands: in a message, or in the Home tab or a dialog. */
export function placeOf({ channel, message }: Pick<BlockAction, 'channel' | 'message'>): Place {
  if (!channel) return null;
  const thread: unknown = message?.thread_ts;
  return { channel: channel.id, thread: typeof thread === 'string' ? thread : null };
}

/** What a button carries. */
export const carriedBy = ({ value }: Pick<ButtonAction, 'value'>) => value ?? '';

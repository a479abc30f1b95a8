import type { SlackConfig } from '../../config.ts';
import { dateIn } from '../../date-in.ts';
import type { SlackMessage } from '../../state/slack-messages.ts';
import { onceOver, tomorrow } from './when.ts';

/** Where a digest goes, and when. */
export interface PlannedDelivery {
  channel: string;
  /** The channel's own: IANA name. */
  timeZone: string;
  /** ISO time: when it was sent, or from when on it will be. */
  at: string;
  /** `planned`: nothing is done about it yet; otherwise how far it has come. */
  status: SlackMessage['status'] | 'planned';
  /** Why it did not arrive so far. */
  problem: string | null;
}

/**
 * The deliveries of a digest: at once where the clock of the channel is past the time of digests, otherwise then; the next
 * day where the channel had one today, so that a history that is made up for does not flood it.
 *
 * @param subject of the digest, of `newsOf`
 * @param known messages that the state has, those of the last days at least
 */
export function plannedDeliveries(
  { digestChannels, digestTime }: Pick<SlackConfig, 'digestChannels' | 'digestTime'>,
  now: Date,
  subject: string,
  known: readonly SlackMessage[],
): PlannedDelivery[] {
  return digestChannels.map(({ id, timeZone }) => {
    const digests = known.filter(({ kind, channel }) => kind === 'digest' && channel === id);
    const own = digests.find(message => message.subject === subject);
    if (own) {
      const { status, problem, sentAt, notBefore } = own;
      return { channel: id, timeZone, at: sentAt ?? notBefore, status, problem };
    }
    const clock = { timeZone, time: digestTime };
    const today = dateIn(timeZone, now);
    const had = digests.some(({ sentAt }) => sentAt !== null && dateIn(timeZone, new Date(sentAt)) === today);
    const at = had ? tomorrow(clock, now) : onceOver(clock, now);
    return { channel: id, timeZone, at: at.toISOString(), status: 'planned', problem: null };
  });
}

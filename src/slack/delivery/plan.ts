import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import type { State } from '../../state/state.ts';
import type { SlackContext } from '../context.ts';
import { newsOf } from './news.ts';
import { plannedDeliveries } from './planned.ts';
import { alertSubject, hasUrgent, urgentFindings } from './urgent.ts';

/** Messages that are looked through for what a channel has had lately. */
export const recentMessages = 300;

/**
 * Sees that all that is to be told of the latest record waits to be sent: alerts first. Doing it again changes nothing, so
 * it is done anew after a kill.
 */
export async function planNews(slack: SlackContext): Promise<void> {
  const { app, config } = slack;
  if (config.digestChannels.length === 0) return;
  const state = await app.state();
  const record = await state.refreshes.latest();
  const now = app.now();
  const news = newsOf(record, now);
  if (!record || 'none' in news) return;
  if (hasUrgent(record)) await planAlerts(slack, state, record);
  const known = await state.slack.messages.list(recentMessages);
  for (const message of known)
    if (message.kind === 'digest' && message.status === 'queued' && message.subject !== news.subject)
      await state.slack.messages.close(message.id, 'superseded', 'A newer digest takes its place.');
  for (const { channel, at, status } of plannedDeliveries(config, now, news.subject, known))
    if (status === 'planned')
      await state.slack.messages.enqueue({
        kind: 'digest',
        subject: news.subject,
        channel,
        thread: null,
        notBefore: at,
        createdAt: now.toISOString(),
      });
}

async function planAlerts(slack: SlackContext, state: State, record: RefreshRecord): Promise<void> {
  const { asOf, findings } = await urgentFindings(slack);
  // A refresh that came in between is looked at next.
  if (asOf !== record.asOf) return;
  const at = slack.app.now().toISOString();
  for (const finding of findings)
    for (const { id, timeZone } of slack.config.digestChannels)
      await state.slack.messages.enqueue({
        kind: 'alert',
        subject: alertSubject(finding, record, timeZone),
        channel: id,
        thread: null,
        notBefore: at,
        createdAt: at,
      });
}

import type { SlackMessage } from '../../state/slack-messages.ts';
import type { State } from '../../state/state.ts';
import type { SlackContext } from '../context.ts';
import { failureOf } from './failure.ts';
import { isOld } from './news.ts';
import { recentMessages } from './plan.ts';
import { postOnce } from './post.ts';
import type { Renderers } from './renderer.ts';

/**
 * Sends what is due, in the order in which it was asked for: where one message is tried again later, those behind it in
 * its channel wait.
 *
 * @param due oldest first
 */
export async function sendDue(
  slack: SlackContext,
  renderers: Renderers,
  due: readonly SlackMessage[],
): Promise<void> {
  const state = await slack.app.state();
  const waiting = (await state.slack.messages.list(recentMessages)).filter(
    message => isTried(message) && !due.some(({ id }) => id === message.id),
  );
  const held = new Set<string>();
  for (const message of due) {
    if (slack.stopping.aborted) return;
    const { channel } = message;
    const behind = waiting.some(other => other.channel === channel && isBefore(other, message));
    if (behind || held.has(channel)) continue;
    if (!(await send(slack, state, renderers, message))) held.add(channel);
  }
}

/** Under way, or to be tried again. */
const isTried = ({ status, attempts }: SlackMessage) =>
  status === 'sending' || (status === 'queued' && attempts > 0);

const isBefore = (a: SlackMessage, b: SlackMessage) =>
  a.createdAt < b.createdAt || (a.createdAt === b.createdAt && a.id < b.id);

/** Sends one message unless somebody else does; false where those behind it have to wait. */
async function send(
  slack: SlackContext,
  state: State,
  renderers: Renderers,
  message: SlackMessage,
): Promise<boolean> {
  const { app, log } = slack;
  const { messages } = state.slack;
  const { id, kind, subject, channel, problem } = message;
  const now = () => app.now().toISOString();
  if (kind !== 'proposal' && isOld(message.createdAt, app.now())) {
    await messages.close(id, problem === null ? 'superseded' : 'refused', problem ?? 'It is old by now.');
    return true;
  }
  if (kind !== 'proposal' && !slack.config.digestChannels.some(named => named.id === channel)) {
    await messages.close(id, 'superseded', 'The channel is not named in KINDRED_SLACK_DIGEST any more.');
    return true;
  }
  let claimed: SlackMessage | undefined;
  try {
    const rendered = await renderers[kind](slack, message);
    if ('superseded' in rendered) {
      await messages.close(id, 'superseded', rendered.superseded);
      return true;
    }
    claimed = await messages.sending(id, now());
    if (!claimed) return false;
    const ts = await postOnce(slack, claimed, rendered);
    await messages.sent(id, { at: now(), ts });
    if (rendered.shown !== undefined) await messages.shown(id, rendered.shown);
    log.info({ kind, subject, channel }, 'sent to Slack');
    return true;
  } catch (error) {
    // What a stop breaks off is no failure: the next server does it, and looks first where it was claimed.
    if (slack.stopping.aborted) return false;
    claimed ??= await messages.sending(id, now());
    return claimed ? failed(slack, state, claimed, error) : false;
  }
}

/** Whether those behind it may go on, as it is given up. */
async function failed(
  { app, log }: SlackContext,
  state: State,
  { id, kind, subject, channel, attempts, problem: before }: SlackMessage,
  error: unknown,
): Promise<boolean> {
  const { problem, retryIn, mend } = failureOf(error, attempts);
  const now = app.now();
  const { messages } = state.slack;
  if (retryIn === null) await messages.close(id, 'refused', problem);
  else {
    const notBefore = new Date(now.getTime() + retryIn * 1000).toISOString();
    await messages.again(id, { notBefore, problem });
  }
  const facts = { kind, subject, channel, attempt: attempts, problem, err: error };
  if (!mend) log.warn(facts, 'Slack did not take a message: it is tried again');
  else if (problem !== before) {
    log.error(facts, 'a message cannot be sent to Slack');
    await state.audit.append({
      at: now.toISOString(),
      actor: 'kindred',
      action: 'slack.undelivered',
      subject: `${kind} ${subject}`,
      details: { channel, problem },
    });
  }
  return retryIn === null;
}

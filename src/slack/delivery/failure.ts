import { KindredError, OperatorError } from '../../errors.ts';
import { asSlackError, slackCodeOf } from '../slack-error.ts';
import { OutOfTime } from './post.ts';

/** What is to be done about a message that Slack did not take. */
export interface Failure {
  /** For people: what is wrong and what to do. */
  problem: string;
  /** Seconds until it is tried again; null where Slack will never take it as it is. */
  retryIn: number | null;
  /** Whether somebody has to mend it: told aloud. */
  mend: boolean;
}

/** Seconds. */
const pauses = [5, 15, 30, 60, 120, 300];
/** Until an invitation to a channel, a scope or a token is noticed. */
const untilMended = 600;
/** After so many attempts what is no fault of Slack's is given up. */
const mostOwnAttempts = 10;

/** Said of the message itself: it stays refused whatever is set up. */
const ofTheMessage =
  /^(invalid_(blocks\w*|arguments|arg_name|array_arg|metadata\w*|attachments)|msg_\w+|metadata_\w+|no_text|too_many_attachments|markdown_text_conflict|thread_not_found|cannot_reply_to_message)$/;
/** Slack’s own trouble, for the moment. */
const ofSlack =
  /^(rate_?limited|message_limit_exceeded|internal_error|fatal_error|service_unavailable|request_timeout|accesslimited|team_added_to_org|migration_in_progress)$/;

/** @param attempts of this message until now, this one included */
export function failureOf(thrown: unknown, attempts: number): Failure {
  if (thrown instanceof OutOfTime) return { problem: thrown.message, retryIn: 0, mend: false };
  const error = asSlackError(thrown);
  const problem = wordsOf(error);
  const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0]!;
  const code = slackCodeOf(error);
  if (ofTheMessage.test(code)) return { problem, retryIn: null, mend: true };
  if (error instanceof OperatorError || (code !== '' && !ofSlack.test(code)))
    return { problem, retryIn: untilMended, mend: true };
  if (!(error instanceof KindredError))
    return { problem, retryIn: attempts < mostOwnAttempts ? pause : null, mend: true };
  return { problem, retryIn: Math.max(pause, askedFor(thrown)), mend: false };
}

/** Seconds that Slack asks to wait. */
function askedFor(error: unknown): number {
  const told = typeof error === 'object' && error !== null && 'retryAfter' in error ? error.retryAfter : 0;
  return typeof told === 'number' && Number.isFinite(told) ? told : 0;
}

function wordsOf(error: unknown): string {
  if (error instanceof KindredError) return `${error.message} ${error.next}`;
  return 'It met a defect in Kindred. The log of the server tells more: please report it.';
}

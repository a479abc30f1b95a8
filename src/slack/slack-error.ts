import { codeOf, InputError, KindredError, OperatorError, UpstreamError } from '../errors.ts';

export type SlackToken = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

/**
 * What a call of Slack's Web API threw, with what to do about it. What is not Slack's stays what it is.
 *
 * @param token the one that was shown
 */
export function asSlackError(error: unknown, token: SlackToken = 'SLACK_BOT_TOKEN'): unknown {
  if (error instanceof KindredError) return error;
  switch (codeOf(error)) {
    case 'slack_webapi_platform_error':
      return platformError(error as PlatformError, token);
    case 'slack_webapi_rate_limited_error': {
      const { retryAfter } = error as { retryAfter: number };
      return new UpstreamError(
        'Slack takes no more for the moment.',
        `It takes more in ${retryAfter} seconds. Try again then.`,
        { cause: error },
      );
    }
    case 'slack_webapi_http_error': {
      const { statusCode } = error as { statusCode: number };
      return new UpstreamError(
        `Slack answers with status ${statusCode}.`,
        'Try again in a few minutes; https://slack-status.com says whether Slack has trouble.',
        { cause: error },
      );
    }
    case 'slack_webapi_request_error':
      return new UpstreamError(
        'Slack does not answer.',
        'Try again in a few minutes. Where it stays so, see whether this machine reaches the address in SLACK_API_URL, https://slack.com/api/ where it is not set.',
        { cause: error },
      );
    default:
      return error;
  }
}

/** What Slack names the error; blank where it is none of Slack's. */
export function slackCodeOf(error: unknown): string {
  const told = error instanceof KindredError ? error.cause : error;
  return codeOf(told) === 'slack_webapi_platform_error' ? (told as PlatformError).data.error : '';
}

/** Whether the token will not do however often it is shown: it takes another one, and a new start. */
export function isRefused(error: unknown): boolean {
  const code = slackCodeOf(error);
  return tokenCodes.has(code) || code === 'missing_scope';
}

/** Whether Slack refuses this one call, for what it holds or whom it is for: the next one may well be taken. */
export function isOfOne(error: unknown): boolean {
  const code = slackCodeOf(error);
  return code !== '' && !isRefused(error) && !passing.has(code);
}

/** What Slack says of itself. */
const passing = new Set([
  'ratelimited',
  'rate_limited',
  'internal_error',
  'fatal_error',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

interface PlatformError {
  data: { error: string; needed?: string; provided?: string; response_metadata?: { messages?: string[] } };
}

const tokenCodes = new Set([
  'account_inactive',
  'invalid_auth',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

const channelHints: Record<string, string> = {
  not_in_channel: 'Type /invite @Kindred in the channel.',
  channel_not_found:
    'See whether the ID is right: it stands at the bottom of the channel’s details. In a private channel, type /invite @Kindred.',
  is_archived: 'Unarchive the channel, or name another one.',
};

const whereTokensAre: Record<SlackToken, string> = {
  SLACK_BOT_TOKEN:
    'Copy the Bot User OAuth Token from "OAuth & Permissions" of the app at https://api.slack.com/apps into SLACK_BOT_TOKEN, and start kindred again.',
  SLACK_APP_TOKEN:
    'Generate an app-level token with the scope connections:write under "Basic Information" of the app at https://api.slack.com/apps, set SLACK_APP_TOKEN to it, and start kindred again.',
};

function platformError(error: PlatformError, token: SlackToken): KindredError {
  const { error: code, needed, response_metadata: more } = error.data;
  const cause = { cause: error };
  if (tokenCodes.has(code))
    return new OperatorError(`Slack refuses ${token} (${code}).`, whereTokensAre[token], cause);
  if (code === 'missing_scope') {
    const message = `${token} lacks a scope${needed ? `: ${needed}` : ''}.`;
    const next =
      token === 'SLACK_APP_TOKEN'
        ? whereTokensAre[token]
        : 'Paste slack/manifest.json into the manifest of the app at https://api.slack.com/apps, and install the app again.';
    return new OperatorError(message, next, cause);
  }
  const hint = channelHints[code];
  if (hint) return new OperatorError(`Slack does not let Kindred into the channel (${code}).`, hint, cause);
  if (code === 'user_not_found' || code === 'users_not_found')
    return new InputError(
      'Slack knows no member with this ID.',
      'Copy the member ID from the profile.',
      cause,
    );
  if (code === 'ratelimited' || code === 'rate_limited')
    return new UpstreamError('Slack takes no more for the moment.', 'Try again in a minute.', cause);
  const messages = more?.messages?.join('; ') ?? '';
  return new UpstreamError(
    `Slack refuses: ${code}${messages === '' ? '' : ` (${messages})`}.`,
    `What it means stands at https://docs.slack.dev/reference/methods; "kindred slack check" looks for what is missing.`,
    cause,
  );
}

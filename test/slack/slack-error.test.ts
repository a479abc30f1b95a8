import { describe, expect, it } from 'vitest';
import { InputError, OperatorError, UpstreamError } from '../../src/errors.ts';
import { slackClient } from '../../src/slack/client.ts';
import { boltLog } from '../../src/slack/connection/bolt-log.ts';
import { asSlackError, isRefused, slackCodeOf } from '../../src/slack/slack-error.ts';

/** What the client throws where Slack answers so. */
async function thrown(answer: Response | Error): Promise<unknown> {
  const fetch = async () => {
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const logger = boltLog({ info() {}, warn() {}, error() {} });
  const once = { fetch, logger, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const client = slackClient('xoxb-made', once);
  return client.chat.postMessage({ channel: 'C1', text: 'x' }).catch((error: unknown) => error);
}
const refusal = (error: string, more: object = {}) => Response.json({ ok: false, error, ...more });

describe('what Slack refuses', () => {
  it.each([
    [refusal('invalid_auth'), OperatorError, 'SLACK_BOT_TOKEN (invalid_auth)', 'Bot User OAuth Token'],
    [refusal('token_revoked'), OperatorError, 'token_revoked', 'start kindred again'],
    [
      refusal('missing_scope', { needed: 'files:write' }),
      OperatorError,
      'files:write',
      'slack/manifest.json',
    ],
    [refusal('not_in_channel'), OperatorError, 'not_in_channel', '/invite @Kindred'],
    [refusal('channel_not_found'), OperatorError, 'channel_not_found', '/invite @Kindred'],
    [refusal('user_not_found'), InputError, 'no member', 'Copy the member ID'],
    [refusal('ratelimited'), UpstreamError, 'takes no more', 'in a minute'],
    [
      refusal('invalid_blocks', { response_metadata: { messages: ['[ERROR] too long'] } }),
      UpstreamError,
      'invalid_blocks ([ERROR] too long)',
      'kindred slack check',
    ],
    [
      new Response('', { status: 429, headers: { 'retry-after': '90' } }),
      UpstreamError,
      'no more',
      '90 seconds',
    ],
    [new Response('', { status: 503 }), UpstreamError, 'status 503', 'slack-status.com'],
    [new TypeError('fetch failed'), UpstreamError, 'does not answer', 'SLACK_API_URL'],
  ])('case %#', async (answer, kind, message, next) => {
    const error = asSlackError(await thrown(answer));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({
      message: expect.stringContaining(message),
      next: expect.stringContaining(next),
    });
    expect(asSlackError(error)).toBe(error);
  });

  it('names the token that was shown', async () => {
    expect(asSlackError(await thrown(refusal('invalid_auth')), 'SLACK_APP_TOKEN')).toMatchObject({
      message: 'Slack refuses SLACK_APP_TOKEN (invalid_auth).',
      next: expect.stringContaining('connections:write'),
    });
  });

  it('is for good where no other answer will come', async () => {
    const codes = ['invalid_auth', 'missing_scope', 'internal_error', 'not_in_channel'];
    const errors = await Promise.all(codes.map(code => thrown(refusal(code))));
    expect(errors.map(isRefused)).toEqual([true, true, false, false]);
    expect(errors.map(slackCodeOf)).toEqual(codes);
    expect(slackCodeOf(asSlackError(errors[0]))).toBe('invalid_auth');
    expect(isRefused(await thrown(new Response('', { status: 500 })))).toBe(false);
  });

  it('is left alone where it is none of Slack’s', () => {
    const defect = new TypeError('x is undefined');
    expect(asSlackError(defect)).toBe(defect);
    expect(slackCodeOf(defect)).toBe('');
  });
});

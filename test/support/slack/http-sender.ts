import { createHmac } from 'node:crypto';
import type { Answer, Attempt } from './socket.ts';
import type { Envelope } from './types.ts';

/** Where the app listens; Slack has a field for each of these. */
export interface RequestUrls {
  events: string;
  interactivity: string;
  commands: string;
}

/** Headers that prove a body came from Slack, at a time in seconds. */
export function signed(secret: string, body: string, seconds: number): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${signature}` };
}

/** Posts an envelope as Slack does: events as JSON, presses and commands as forms. */
export async function sendOverHttp(
  urls: RequestUrls,
  secret: string,
  envelope: Envelope,
  attempt: Attempt,
  within: number,
  now: () => number,
): Promise<Answer & { noRetry?: boolean }> {
  const { url, type, body } = formOf(urls, envelope);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signed(secret, body, Math.floor(now() / 1000)),
        ...(attempt.num > 0
          ? { 'x-slack-retry-num': String(attempt.num), 'x-slack-retry-reason': attempt.reason }
          : {}),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(within),
    });
    const text = await response.text();
    if (response.status === 200) return { acknowledged: true, response: readAnswer(text) };
    return {
      acknowledged: false,
      reason: 'http_error',
      noRetry: response.headers.get('x-slack-no-retry') === '1',
    };
  } catch (error) {
    const timeout = error instanceof Error && error.name === 'TimeoutError';
    return { acknowledged: false, reason: timeout ? 'http_timeout' : 'connection_failed' };
  }
}

function formOf(urls: RequestUrls, { type, payload }: Envelope): { url: string; type: string; body: string } {
  const form = 'application/x-www-form-urlencoded';
  if (type === 'events_api')
    return { url: urls.events, type: 'application/json', body: JSON.stringify(payload) };
  if (type === 'interactive')
    return {
      url: urls.interactivity,
      type: form,
      body: new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    };
  return {
    url: urls.commands,
    type: form,
    body: new URLSearchParams(
      Object.entries(payload).map(([name, value]) => [name, String(value)]),
    ).toString(),
  };
}

function readAnswer(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return { text };
  }
}

/** Slack takes an address only where it answers with the challenge. */
export async function verifyUrl(url: string, secret: string, now: () => number): Promise<void> {
  const body = JSON.stringify({
    token: 'legacy-verification-token',
    challenge: 'c-3eZbrtzCgaRyX7',
    type: 'url_verification',
  });
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signed(secret, body, Math.floor(now() / 1000)) },
    body,
  });
  const text = await response.text();
  if (response.status !== 200 || !text.includes('c-3eZbrtzCgaRyX7'))
    throw new Error(`Slack does not take ${url}: answered ${response.status} ${text.slice(0, 100)}`);
}

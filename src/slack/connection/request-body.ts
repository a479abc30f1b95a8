import { InputError } from '../../errors.ts';

/** What a request of Slack says: a question whether it speaks to the right server, or something that somebody did. */
export type Sent =
  | { challenge: string }
  /** Slack looks at the certificate, and wants no more than an answer. */
  | { probe: true }
  | { body: Record<string, unknown> };

/** Reads events, which come as JSON, presses and dialogs, which are JSON in a form, and commands, which are a form. */
export function readRequest(bytes: Buffer, contentType: string): Sent {
  const text = bytes.toString('utf8');
  if (!/^application\/x-www-form-urlencoded\b/i.test(contentType)) return fromJson(text);
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  if (payload !== null) return fromJson(payload);
  if (form.has('ssl_check')) return { probe: true };
  return { body: Object.fromEntries(form) };
}

function fromJson(text: string): Sent {
  const body = parsed(text);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw unreadable();
  const told = body as Record<string, unknown>;
  return told.type === 'url_verification' ? { challenge: String(told.challenge) } : { body: told };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(cause?: unknown): InputError {
  return new InputError(
    'The request is not what Slack sends.',
    'Send events, presses and commands of Slack.',
    {
      cause,
    },
  );
}

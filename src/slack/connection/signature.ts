import { createHmac, timingSafeEqual } from 'node:crypto';

export interface Signed {
  /** As it came: of bytes that were read and written again the signature would be another. */
  body: Buffer;
  /** Seconds since 1970, as the header says it. */
  timestamp: string;
  signature: string;
}

/** Seconds by which a request may be old, or ahead: whoever recorded one cannot send it again later. */
const replayWindow = 300;

/** Whether the moment that a request names is near enough. */
export function isRecent(timestamp: string, now: Date): boolean {
  return /^\d{1,12}$/.test(timestamp) && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= replayWindow;
}

/** Whether Slack signed it, for the app with this secret; takes as long however much of the signature is right. */
export function isSigned({ body, timestamp, signature }: Signed, secret: string): boolean {
  const right = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  const [, shown = ''] = /^v0=([0-9a-f]{64})$/.exec(signature) ?? [];
  return shown !== '' && timingSafeEqual(Buffer.from(shown, 'hex'), right);
}

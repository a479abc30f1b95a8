import { UpstreamError } from '../errors.ts';
import { isSafe } from './address.ts';
import { backOff } from './patience.ts';
import type { Platform } from './vendor.ts';

export interface DownloadedLine {
  /** Without its line break; never blank. */
  line: string;
  /** Bytes of the file up to the end of the line: from there a later download goes on. */
  end: number;
}

export interface DownloadOptions {
  /** Bytes to leave out, as told by `end`. */
  from?: number;
  /** Longest silence; 60 s where absent. */
  silenceMs?: number;
}

/** Of one line. */
const mostBytes = 16 * 1024 * 1024;
/** Tries without a byte between them. */
const mostTries = 6;

/**
 * The lines of a file that a vendor made ready, one at a time: it may be larger than the memory. No credentials are sent, as
 * the address carries what it needs. A connection that drops is taken up again where it broke off.
 *
 * @throws UpstreamError where the file is not there (any more), or does not come.
 */
export async function* downloadLines(
  address: string,
  { from = 0, silenceMs = 60_000 }: DownloadOptions,
  platform: Platform,
): AsyncGenerator<DownloadedLine> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !isSafe(url))
    throw new UpstreamError(
      'A vendor named an address for a download that does not begin with https://.',
      'Please report it.',
    );
  let rest: Buffer[] = [];
  let restBytes = 0;
  let end = from;
  let received = from;
  for (let tries = 1; ; ) {
    let whole = false;
    try {
      for await (const chunk of chunks(url, received, silenceMs, platform)) {
        tries = 1;
        received += chunk.byteLength;
        let start = 0;
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, start)) {
          const line = Buffer.concat([...rest, chunk.subarray(start, at)])
            .toString('utf8')
            .trimEnd();
          end += restBytes + at + 1 - start;
          rest = [];
          restBytes = 0;
          start = at + 1;
          if (line !== '') yield { line, end };
        }
        if (start < chunk.byteLength) {
          rest.push(chunk.subarray(start));
          restBytes += chunk.byteLength - start;
        }
        if (restBytes > mostBytes)
          throw new UpstreamError('A line of a download is longer than Kindred takes.', 'Please report it.');
      }
      whole = true;
    } catch (error) {
      platform.signal.throwIfAborted();
      if (error instanceof UpstreamError || tries >= mostTries)
        throw error instanceof UpstreamError ? error : notComing(error);
    }
    if (whole) break;
    await platform.sleep(backOff(tries++, received), platform.signal);
  }
  const line = Buffer.concat(rest).toString('utf8').trimEnd();
  if (line !== '') yield { line, end: end + restBytes };
}

async function* chunks(
  url: URL,
  from: number,
  silenceMs: number,
  { fetch, signal }: Platform,
): AsyncGenerator<Buffer> {
  const stopped = new AbortController();
  const stop = () => stopped.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(stop, silenceMs);
  try {
    // Bytes are counted, so they must come as they lie there.
    const headers = { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const answer = await fetch(url, { headers, redirect: 'error', signal: stopped.signal });
    if (answer.status === 416) return;
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429 && answer.status !== 408)
      throw new UpstreamError(
        `A file that a vendor made ready cannot be had (HTTP ${answer.status}).`,
        'It is kept for a limited time only: run the command again, which has a new one made.',
      );
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    // Some servers send the whole file whatever is asked for.
    let skip = answer.status === 206 ? 0 : from;
    for await (const bytes of answer.body ?? []) {
      clearTimeout(timer);
      const chunk = Buffer.from(bytes);
      const left = chunk.subarray(Math.min(skip, chunk.byteLength));
      skip -= chunk.byteLength - left.byteLength;
      if (left.byteLength > 0) yield left;
      timer = setTimeout(stop, silenceMs);
    }
  } finally {
    clearTimeout(timer);
    stopped.abort();
    signal.removeEventListener('abort', stop);
  }
}

function notComing(cause: unknown): UpstreamError {
  return new UpstreamError(
    'A file that a vendor made ready does not come to its end.',
    'Check the connection to the internet; what was stored so far is kept. Run the command again.',
    { cause },
  );
}

import type { Readable } from 'node:stream';
import { type Refused, rpcCodes } from './refused.ts';

/** Bytes of a message, and levels of its nesting, at most. Tools ask for a few lines. */
export const most = { bytes: 2 ** 20, levels: 64 };

/** A client that still sends does not read: what is too long is thrown away up to here, so that it hears why. */
const thrownAway = 64 * 2 ** 20;

const tooLong: Refused = {
  status: 413,
  message: `The message is longer than ${most.bytes / 2 ** 20} MB. Send less: tools take names and settings, files are read by kindred import.`,
};
export const notJson: Refused = {
  status: 400,
  code: rpcCodes.unreadable,
  message: 'Parse error: the message is not JSON.',
};
const brokenOff: Refused = { status: 400, message: 'The message broke off.' };
const tooDeep: Refused = {
  status: 400,
  code: rpcCodes.invalid,
  message: `The message is nested more than ${most.levels} levels deep.`,
};

export type Read = { message: unknown } | { refused: Refused };

/** Reads what a client sends, in no more memory than a message may take. Breaks the connection off far beyond that. */
export async function readMessage(sent: Readable): Promise<Read> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of sent as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= most.bytes) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes > thrownAway) break;
    }
  } catch {
    return { refused: brokenOff };
  }
  if (bytes > most.bytes) return { refused: tooLong };
  try {
    const message: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return deeperThan(most.levels, message) ? { refused: tooDeep } : { message };
  } catch {
    return { refused: notJson };
  }
}

/** What reads a message walks down into it: a few kilobytes of brackets would be deeper than the stack. */
function deeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some(inner => deeperThan(levels - 1, inner));
}

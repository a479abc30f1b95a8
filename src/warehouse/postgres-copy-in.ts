import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Session } from './postgres-session.ts';

/**
 * Sends blocks of rows in COPY's text format to `COPY … FROM STDIN`.
 *
 * When the server refuses a row after the last block was sent, postgres.js (3.4.9) has already let go of the
 * stream: it would never end. The query's own `reject` is still called, and is listened to here.
 */
export async function copyIn(
  sql: Session,
  statement: string,
  blocks: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<void> {
  const query = sql.unsafe(statement);
  const refused = new Promise<never>((_, reject) => {
    const settle = query as unknown as { reject: (error: unknown) => void };
    const rejectQuery = settle.reject;
    settle.reject = error => {
      reject(error);
      rejectQuery(error);
    };
  });
  const sent = query.writable().then(sink => pipeline(Readable.from(blocks, { objectMode: true }), sink));
  await Promise.race([sent, refused]);
}

import type { Readable } from 'node:stream';
import { createRelay } from './relay.ts';
import { type Outputs, takeStdout } from './stdout.ts';
import type { Connect } from './upstream.ts';
import { lineWire } from './wire.ts';

export interface Streams extends Outputs {
  stdin: Readable;
}

/** A client that closed its end may still read what was nearly done. */
const lastWordsMs = 1000;
/** Work that does not end when it is told to is left: what it had not finished is undone at the next start. */
const endingMs = 5000;

/** Serves the client at standard input and output until it goes away or the process is told to end. */
export async function runRelay(connect: Connect, { stdin, stdout, stderr }: Streams): Promise<void> {
  const write = takeStdout({ stdout, stderr });
  const log = (text: string) => void stderr.write(`kindred mcp: ${text}\n`);
  // Who starts it may have closed its end of it; nothing is lost for anybody who reads.
  stderr.on('error', () => {});
  await new Promise<void>(resolve => {
    const relay = createRelay({ connect, send: message => wire.send(message), log });
    let over = false;
    const stop = () => {
      if (over) return;
      over = true;
      const leave = setTimeout(() => process.exit(), endingMs).unref();
      wire.close();
      relay
        .close()
        .catch(error => log(String(error)))
        .then(() => {
          clearTimeout(leave);
          process.off('SIGINT', stop).off('SIGTERM', stop);
          resolve();
        });
    };
    const wire = lineWire(stdin, stdout, write, {
      message: relay.take,
      ended: () => void relay.idle(lastWordsMs).then(stop),
      broken: stop,
    });
    // Kept to the end: where nobody else heeds a signal, the lock of the folder ends the process with it.
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}

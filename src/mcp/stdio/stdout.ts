import type { Writable } from 'node:stream';

/** The two of a process; tests hand in their own. */
export interface Outputs {
  stdout: Writable;
  stderr: Writable;
}

/**
 * Takes standard output for the protocol: what anything else writes there from now on, a dependency or a
 * worker's, goes to standard error instead, since one stray line breaks a client off.
 *
 * @returns what alone still writes to it; false where its reader is behind
 */
export function takeStdout({ stdout, stderr }: Outputs): (text: string) => boolean {
  const write = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  return text => write(text);
}

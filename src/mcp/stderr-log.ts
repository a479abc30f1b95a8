import { formatError } from '../errors.ts';
import type { Log } from '../log.ts';

/** Where a server without a log of its own tells what went wrong: never on standard output, which is the protocol's. */
export const stderrLog: Log = {
  info: () => {},
  warn: write,
  error: write,
};

function write(facts: object, message: string): void {
  const { err, ...rest } = facts as { err?: unknown };
  const told = Object.entries(rest).map(([name, value]) => ` ${name}=${String(value)}`);
  const error = err === undefined ? '' : `\n${formatError(err)}`;
  process.stderr.write(`kindred: ${message}${told.join('')}${error}\n`);
}

import { OperatorError, UpstreamError } from './errors.ts';

/** The server's address as it may be shown: never the user's password. */
export function addressOf(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host || 'the local socket'}${pathname}`;
  } catch {
    return 'an address that cannot be read';
  }
}

/** Opening failed: whatever the cause, the operator's setting or server is what can be mended. */
export function cannotOpen(setting: string, url: string, error: unknown): OperatorError {
  const reason = error instanceof Error ? error.message || codeOf(error) : String(error);
  return new OperatorError(
    `PostgreSQL at ${addressOf(url)} cannot be used: ${reason}`,
    `Check that it runs and that ${setting} names the right host, port, database, user and password.`,
    { cause: error },
  );
}

/** Tells a lost server and an operator's trouble (disk, memory, rights) from a defect in the SQL. */
export function asPostgresError(url: string, error: unknown): unknown {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (lostConnection.test(code))
    return new UpstreamError(
      `The connection to PostgreSQL at ${addressOf(url)} was lost: ${message}`,
      'What was not finished was rolled back. Check the server, then run the command again.',
      { cause: error },
    );
  if (operatorTrouble.test(code))
    return new OperatorError(
      `PostgreSQL at ${addressOf(url)} refused: ${message}`,
      'Mend this on the server (space, memory, connections or rights) and run the command again.',
      { cause: error },
    );
  return error;
}

/** postgres.js's own codes, the system's, and the classes 08 and 57P of PostgreSQL. */
const lostConnection = /^(CONNECTION_|CONNECT_TIMEOUT$|ECONN|EPIPE$|ETIMEDOUT$|08|57P0)/;
/** Class 53 (disk full, out of memory, too many connections), no rights, read-only. */
const operatorTrouble = /^(53|42501$|25006$)/;

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

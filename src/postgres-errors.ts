import { codeOf, OperatorError, UpstreamError } from './errors.ts';

/** The server as it may be shown: never the user's password. */
export function serverAt(url: string): string {
  return `PostgreSQL at ${addressOf(url)}`;
}

function addressOf(url: string): string {
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
    `${serverAt(url)} cannot be used: ${reason}`,
    `Check that it runs and that ${setting} names the right host, port, database, user and password.`,
    { cause: error },
  );
}

/** Tells a lost server and an operator's trouble (disk, memory, rights) from a defect in the SQL. `place` names the database. */
export function asPostgresError(place: string, error: unknown): unknown {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  if (lostConnection.test(code))
    return new UpstreamError(
      `The connection to ${place} was lost: ${message}`,
      'What was not finished was rolled back. Check the server, then run the command again.',
      { cause: error },
    );
  if (operatorTrouble.test(code))
    return new OperatorError(
      `${place} refused: ${message}`,
      'Mend this (space, memory, connections or rights) and run the command again; what was stored before is still there.',
      { cause: error },
    );
  return error;
}

/** postgres.js's own codes, the system's, and the classes 08 and 57P of PostgreSQL. */
const lostConnection = /^(CONNECTION_|CONNECT_TIMEOUT$|ECONN|EPIPE$|ETIMEDOUT$|08|57P0)/;
/** Classes 53 (disk full, out of memory, too many connections) and 58 (input and output), no rights, read-only. */
const operatorTrouble = /^(53|58|42501$|25006$)/;

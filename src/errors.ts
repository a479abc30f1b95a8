/**
 * Few error types, sorted by who can mend them. Anything else that is thrown is a defect of ours.
 * `next` says what to do; it is printed under the message.
 */
export abstract class KindredError extends Error {
  abstract readonly mender: 'asker' | 'operator' | 'upstream';
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.next = next;
  }
}

/** The asker can mend it: a file that maps to nothing, an unknown segment, a value out of range. */
export class InputError extends KindredError {
  readonly mender = 'asker';
}

/** The operator can mend it: a full disk, a store held by another process, a wrong setting. */
export class OperatorError extends KindredError {
  readonly mender = 'operator';
}

/** An upstream service failed: a database that does not answer, a vendor that refuses. */
export class UpstreamError extends KindredError {
  readonly mender = 'upstream';
}

/** The one formatter: what went wrong, then what to do. Defects keep their stack. */
export function formatError(error: unknown): string {
  if (error instanceof KindredError) return `${error.message}\n  ${error.next}`;
  if (error instanceof Error)
    return `${error.stack ?? error.message}\n  This is a defect in Kindred, please report it.`;
  return String(error);
}

/** The code by which systems and databases name an error; blank where it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

import { KindredError, OperatorError } from '../../errors.ts';
import { VendorRefusal } from '../../vendors/refusal.ts';

/** Seconds until a destination that could not be reached is tried again, by how often in a row it could not. */
const pauses = [10, 30, 60, 300, 900, 1800];
/** Until credentials are mended. */
const untilMended = 900;
/** Seconds until a member that was not taken for now is tried again, by their attempts; then they are given up. */
const memberPauses = [30, 120, 600, 1800, 3600, 7200, 14_400];
/** So often a call is made that the destination refuses as a whole, or that meets a defect of ours. */
export const mostRefusals = 5;

/** What is to be done about a call that failed. */
export interface Failure {
  /** For people: what is wrong and what to do. */
  problem: string;
  /** Seconds. */
  retryIn: number;
  /** It is not the destination's trouble of the moment: after so many tries its members are given up. */
  isBounded: boolean;
  /** A defect of ours, for the log. */
  isDefect: boolean;
}

/** @param failures how often in a row it failed before */
export function failureOf(error: unknown, failures: number): Failure {
  const retryIn = pauses[Math.min(failures, pauses.length - 1)]!;
  if (error instanceof KindredError) {
    const isMissing = error instanceof VendorRefusal && error.status === 403;
    return {
      problem: `${error.message} ${error.next}`,
      retryIn: error instanceof OperatorError || isMissing ? untilMended : retryIn,
      isBounded: error instanceof VendorRefusal && !isMissing,
      isDefect: false,
    };
  }
  return {
    problem: 'It met a defect in Kindred. The log of the server tells more: please report it.',
    retryIn,
    isBounded: true,
    isDefect: true,
  };
}

/** Seconds until a member is tried again; null where they are given up. */
export const memberPause = (attempts: number): number | null => memberPauses[attempts - 1] ?? null;

/** Reasons of vendors may quote who they are about. */
export function withoutPeople(reason: string): string {
  return reason
    .replaceAll(/[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g, '(address)')
    .replaceAll(/\+?\d[\d\s()-]{6,}\d/g, '(number)')
    .slice(0, 200);
}

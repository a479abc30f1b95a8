import { bind } from '../../features/as-of.ts';

/** The start of a day as an SQL literal. */
export function timestamp(asOf: string): string {
  return bind('{as_of}', asOf);
}

import type { Digest } from './digest.ts';
import { withAside } from './with-aside.ts';

type Told = Pick<Digest['findings'][number], 'level' | 'sentence' | 'since'>;

/** The sentence, with the date from which on it holds where that is not `asOf`. */
export function dated({ sentence, since }: Told, asOf: string): string {
  return since < asOf ? withAside(sentence, `since ${since}`) : sentence;
}

/** A finding as the reason for what is to be done. */
export function whyOf(finding: Told, asOf: string): string {
  return `${finding.level === 'alert' ? 'Alert' : 'To watch'}: ${dated(finding, asOf)}`;
}

import { candidateKinds } from '../../state/proposals.ts';
import type { Approved } from './decide.ts';
import type { WordedKind } from './proposal-words.ts';

/** What came of an approval, and how to take it back where that is possible. */
export function cameOf(approved: Approved): string {
  switch (approved.kind) {
    case 'promoted':
      return `These are the segments now, as of ${approved.record.asOf}. kindred rollback takes it back.`;
    case 'renamed':
      return `The texts stand now for ${approved.keys.join(', ')}; who is in them stays.`;
    case 'allowed':
      return 'It may be used in filters now, and in the segments that are found from now on.';
    case 'written':
      return 'The members were written to a file.';
    case 'sending':
      return approved.body.kind === 'end'
        ? `Whom Kindred added there is being removed. kindred sync show ${approved.body.sync} tells how far it is.`
        : `It is being sent, and follows each refresh from now on. kindred sync show ${approved.body.sync} tells how far it is.`;
  }
}

/** What a rejection leaves as it is. */
export function staysAsItIs(kind: WordedKind): string {
  if (candidateKinds.some(candidate => candidate === kind)) return 'The segments stay as they are.';
  if (kind === 'persona') return 'The texts stay as they are.';
  if (kind === 'plan') return 'Nothing is sent.';
  if (kind === 'end') return 'Nobody is removed.';
  return kind === 'feature' ? 'The feature may not be used.' : 'Nobody is handed out.';
}

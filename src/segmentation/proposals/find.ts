import { InputError } from '../../errors.ts';
import { candidateKinds, type Proposal } from '../../state/proposals.ts';
import type { State } from '../../state/state.ts';

/** The proposal of an id; an InputError where there is none. */
export async function proposalOf({ proposals }: State, id: string): Promise<Proposal> {
  const proposal = await proposals.byId(id);
  if (!proposal) throw new InputError(`There is no proposal "${id}".`, '`kindred proposals` lists them.');
  return proposal;
}

/** Why a proposal that is not open cannot be decided, and what can be done instead. */
export function alreadyDecided(proposal: Proposal): InputError {
  const { id, kind, status, decidedAt, decidedBy } = proposal;
  if (status === 'superseded')
    return new InputError(
      candidateKinds.includes(kind)
        ? `${id} was superseded: the segments changed, or were found anew, after it was made.`
        : `${id} was superseded: a newer proposal took its place, or the segments changed.`,
      '`kindred proposals` lists what is open.',
    );
  return new InputError(
    `${id} was ${status} by ${decidedBy} on ${decidedAt?.slice(0, 10)}.`,
    status === 'approved' ? afterApproval(proposal) : afterRejection(proposal),
  );
}

function afterApproval({ kind, subject }: Proposal): string {
  switch (kind) {
    case 'promotion':
    case 'weights':
    case 'recipe':
      return '`kindred rollback` brings back the segments of before.';
    case 'persona':
      return '`kindred segments` shows the texts.';
    case 'feature':
      return `\`kindred block ${subject}\` takes it back.`;
    case 'sync':
      if (subject.startsWith('s-')) return `\`kindred sync end ${subject}\` takes out whom Kindred added.`;
      return `\`kindred audience export ${subject} --to FILE\` writes them again.`;
  }
}

function afterRejection({ kind }: Proposal): string {
  return candidateKinds.includes(kind)
    ? '`kindred recluster` finds the segments anew.'
    : '`kindred proposals` lists what is open.';
}

import { InputError } from '../../errors.ts';
import { candidateKinds, type Proposal } from '../../state/proposals.ts';
import type { State } from '../../state/state.ts';

const marked = /, through [^,]+$/;

/** Who opens a proposal where a language model calls the tool for somebody: whoever decides is to see it. */
export const throughModel = (actor: string, model: string) => `${actor}, through ${model}`;

/**
 * A model may misread a question, or obey a name: it supersedes what a model opened, but not what somebody opened by hand
 * and has yet to decide.
 *
 * @throws InputError where it would
 */
export async function refuseReplacing(
  { proposals }: Pick<State, 'proposals'>,
  { kind, subject }: Pick<Proposal, 'kind'> & { subject?: string },
  actor: string,
): Promise<void> {
  if (!marked.test(actor)) return;
  const isCandidate = candidateKinds.includes(kind);
  const replaced = (await proposals.list()).find(
    known =>
      known.status === 'open' &&
      !marked.test(known.createdBy) &&
      (isCandidate ? candidateKinds.includes(known.kind) : known.kind === kind && known.subject === subject),
  );
  if (replaced)
    throw new InputError(
      `${replaced.id} waits for a decision, was opened by a person, and would be superseded.`,
      `Have it decided first: \`kindred approve ${replaced.id}\` or \`kindred reject ${replaced.id}\`.`,
    );
}

import { InputError } from '../../../errors.ts';
import { digestFacts } from '../../tasks/digest/facts.ts';
import { writeDigest } from '../../tasks/digest/write.ts';
import { type Part, paragraphs } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

/** What to do this week, as the digest has it: most pressing first, each with its reason. */
export async function todoAnswer({ context, look }: LookingUp): Promise<Part> {
  const facts = await digestFacts(context, look);
  if (facts === null)
    throw new InputError('Nothing was segmented yet.', 'Run `kindred segment`, and ask again.');
  const { headline, todo } = writeDigest(facts);
  const items = todo.map(
    ({ action, why, segment }, i) =>
      `${i + 1}. ${segment === null ? '' : `**${segment.name}**: `}${action}\n   ${why}`,
  );
  return { text: paragraphs([headline, `What to do this week:\n${items.join('\n')}`]), next: null };
}

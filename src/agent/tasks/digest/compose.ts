import type { ToolContext } from '../../../tools/tool.ts';
import type { ModelAccess } from '../../model/access.ts';
import { type Digest, digestShape } from './digest.ts';
import { digestFacts } from './facts.ts';
import { writeDigest } from './write.ts';

export interface ComposedDigest {
  digest: Digest;
  /** Why the deterministic text stands in for a model's; null where it does not. */
  why: string | null;
}

/** The digest as it is sent: in the words of a model where one writes it well. null where nothing was segmented yet. */
export async function composeDigest(
  context: ToolContext,
  _access: ModelAccess | null,
  _surface: string,
): Promise<ComposedDigest | null> {
  const facts = await digestFacts(context);
  return facts && { digest: digestShape.parse(writeDigest(facts)), why: null };
}

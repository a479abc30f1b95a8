import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import { InputError } from '../../errors.ts';

/**
 * Characters of a result: at three a token, which is more tokens than there are, 25,000 tokens. Tools of the registry stay
 * far below, as their lists have an end and say how much more there is.
 */
export const longestResult = 75_000;

/**
 * Structured, and the same as text for clients that read no other.
 *
 * @throws InputError where it is longer than a model can read at once
 */
export function structured(
  output: Record<string, unknown>,
  more: readonly ContentBlock[] = [],
): CallToolResult {
  const text = JSON.stringify(output);
  if (text.length > longestResult)
    throw new InputError(
      'The result is too long to be read.',
      'Ask for less of it at once, or for one thing of it.',
    );
  return { content: [{ type: 'text', text }, ...more], structuredContent: output };
}

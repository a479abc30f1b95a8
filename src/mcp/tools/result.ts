import type { CallToolResult, ContentBlock } from '@modelcontextprotocol/server';
import { InputError } from '../../errors.ts';
import { lengthOf, longestResult } from './paging.ts';

/** Structured, and the same as text for clients that read no other. */
export function structured(
  output: Record<string, unknown>,
  more: readonly ContentBlock[] = [],
): CallToolResult {
  if (lengthOf(output) > longestResult)
    throw new InputError('The result is too long to be read.', 'Ask for less of it at once.');
  return {
    content: [{ type: 'text', text: JSON.stringify(output) }, ...more],
    structuredContent: output,
  };
}

import type { CallToolResult } from '@modelcontextprotocol/server';

/** A failure that a model reads and acts on: what went wrong, and what to do. */
export function toolError(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

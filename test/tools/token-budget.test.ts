import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { inputSchema } from '../../src/tools/inputs/json-schema.ts';
import { tools } from '../../src/tools/registry.ts';
import type { Tool } from '../../src/tools/tool.ts';

/** Three characters a token is more tokens than there are; so many are sent with each answer, cached or not. */
const MOST = 6300 * 3;

const sent = (tool: Tool) =>
  JSON.stringify({ name: tool.name, description: tool.description, input_schema: inputSchema(tool) }).length;

/** Without its front matter, which is not sent. */
function systemPrompt(): string {
  const file = new URL('../../prompts/answer.md', import.meta.url);
  return existsSync(file) ? readFileSync(file, 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '') : '';
}

it('tool definitions and the system prompt stay within what a model is sent each time', () => {
  const sizes = tools.map(tool => [tool.name, sent(tool)] as const).sort((a, b) => b[1] - a[1]);
  const prompt = systemPrompt().length;
  const total = sizes.reduce((sum, [, size]) => sum + size, prompt);
  const told = [...sizes, ['prompts/answer.md', prompt]].map(([name, size]) => `${size} ${name}`).join('\n');
  expect(total, `${total} characters of ${MOST}:\n${told}`).toBeLessThan(MOST);
});

import type { GetPromptResult } from '@modelcontextprotocol/server';
import { readMcpPrompt } from '../../agent/prompts.ts';
import { tamed } from '../../segmentation/wording.ts';
import type { ToolContext } from '../../tools/tool.ts';
import { readinessText } from '../resources/contents.ts';
import { uris } from '../resources/uris.ts';
import type { Definition } from './definitions.ts';
import type { Attached } from './pages.ts';

/** Of what a person fills in, so much is told on: it is one line, or it is no argument. */
const longestArgument = 200;

/** What the client's model is told: the pages that are known already, then what to do with them, then what always holds. */
export async function messagesOf(
  context: ToolContext,
  definition: Definition,
  args: Readonly<Record<string, string | undefined>>,
): Promise<GetPromptResult> {
  // All of one moment: nothing is refreshed between a page and the next.
  const { id, attached } = await context.turn('prompt', async () => {
    const segmented = (await context.state.models.current()) !== undefined;
    return segmented
      ? { id: definition.name, attached: await definition.pages(context, args) }
      : { id: 'no-segments', attached: await readinessPage(context) };
  });
  const [prompt, rules] = [await readMcpPrompt(id), await readMcpPrompt('rules')];
  const text = [
    prompt.text,
    askedFor(definition, args),
    attached.note ?? '',
    context.role === 'viewer' ? readsOnly : '',
    rules.text,
  ];
  return {
    description: definition.title,
    messages: [
      ...attached.pages.map(({ uri, text }) => ({
        role: 'user' as const,
        content: {
          type: 'resource' as const,
          resource: { uri, mimeType: 'text/markdown', text },
        },
      })),
      {
        role: 'user',
        content: { type: 'text', text: text.filter(part => part !== '').join('\n\n') },
      },
    ],
    _meta: { 'kindred/prompt': `${prompt.id}@${prompt.version}` },
  };
}

const readsOnly =
  'This connection may read and not propose: the tools that begin with propose_ are not there. Say what you would propose, for somebody who may.';

async function readinessPage(context: ToolContext): Promise<Attached> {
  return { pages: [{ uri: uris.readiness, text: await readinessText(context) }], note: null };
}

/** Cut and cleaned, in quotes: whoever filled it in may have copied it from anywhere. */
function askedFor({ args }: Definition, given: Readonly<Record<string, string | undefined>>): string {
  const lines = Object.entries(args).flatMap(([name, { label }]) => {
    const words = tamed(given[name] ?? '', longestArgument);
    return words === '' ? [] : [`- ${label}: “${words}”`];
  });
  return lines.length === 0 ? '' : `What the person asked for:\n${lines.join('\n')}`;
}

import { completable, type McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { pixel } from './pixels.ts';

/** Resources and prompts that the conformance suite reads. */
export function addTexts(server: McpServer): void {
  addResources(server);
  addPrompts(server);
}

function addResources(server: McpServer): void {
  const fixed = (uri: string, mimeType: string, content: { text: string } | { blob: string }) =>
    server.registerResource(uri, uri, { description: `Holds ${uri}`, mimeType }, async () => ({
      contents: [{ uri, mimeType, ...content }],
    }));
  fixed('test://static-text', 'text/plain', { text: 'This is the content of the static text resource.' });
  fixed('test://static-binary', 'image/png', { blob: pixel });
  fixed('test://watched-resource', 'text/plain', { text: 'Watched.' });
  server.registerResource(
    'test-template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { description: 'Fills a template', mimeType: 'application/json' },
    async (uri, { id }) => ({
      contents: [
        {
          uri: uri.href,
          mimeType: 'application/json',
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
        },
      ],
    }),
  );
}

function addPrompts(server: McpServer): void {
  const user = 'user' as const;
  const says = (text: string) => ({ role: user, content: { type: 'text' as const, text } });
  server.registerPrompt('test_simple_prompt', { description: 'A simple one' }, async () => ({
    messages: [says('This is a simple prompt for testing.')],
  }));
  const word = completable(z.string(), value => ['paris', 'park'].filter(city => city.startsWith(value)));
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'One with arguments', argsSchema: z.object({ arg1: word, arg2: z.string() }) },
    async ({ arg1, arg2 }) => ({
      messages: [says(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`)],
    }),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'One with a resource', argsSchema: z.object({ resourceUri: z.string() }) },
    async ({ resourceUri: uri }) => ({
      messages: [
        {
          role: user,
          content: {
            type: 'resource',
            resource: { uri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' },
          },
        },
        says('Please process the embedded resource above.'),
      ],
    }),
  );
  server.registerPrompt('test_prompt_with_image', { description: 'One with an image' }, async () => ({
    messages: [
      { role: user, content: { type: 'image', data: pixel, mimeType: 'image/png' } },
      says('Please analyze the image above.'),
    ],
  }));
}

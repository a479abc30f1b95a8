import { setTimeout as delay } from 'node:timers/promises';
import {
  type CallToolResult,
  type ElicitRequestFormParams,
  fromJsonSchema,
  type InputRequiredResult,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { pixel, silence } from './pixels.ts';

const text = (words: string): CallToolResult => ({ content: [{ type: 'text', text: words }] });
const nothing = z.object({});

/** What the conformance suite calls, by the names and with the results that it asks for. */
export function addTools(server: McpServer): void {
  addContents(server);
  addSteps(server);
  addQuestions(server);
  server.registerTool(
    'json_schema_2020_12_tool',
    { description: 'Has keywords of JSON Schema 2020-12', inputSchema: fromJsonSchema(keywords) },
    async () => text('The schema was kept.'),
  );
}

const keywords = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: { type: 'object', properties: { street: { type: 'string' }, city: { type: 'string' } } },
  },
  properties: { name: { type: 'string' }, address: { $ref: '#/$defs/address' } },
  additionalProperties: false,
} as const;

function addContents(server: McpServer): void {
  const gives = (name: string, content: CallToolResult['content']) =>
    server.registerTool(name, { description: `Gives ${name}`, inputSchema: nothing }, async () => ({
      content,
    }));
  gives('test_simple_text', [{ type: 'text', text: 'This is a simple text response for testing.' }]);
  gives('test_image_content', [{ type: 'image', data: pixel, mimeType: 'image/png' }]);
  gives('test_audio_content', [{ type: 'audio', data: silence, mimeType: 'audio/wav' }]);
  gives('test_embedded_resource', [
    {
      type: 'resource',
      resource: {
        uri: 'test://embedded-resource',
        mimeType: 'text/plain',
        text: 'This is an embedded resource content.',
      },
    },
  ]);
  gives('test_multiple_content_types', [
    { type: 'text', text: 'Multiple content types test:' },
    { type: 'image', data: pixel, mimeType: 'image/png' },
    {
      type: 'resource',
      resource: {
        uri: 'test://mixed-content-resource',
        mimeType: 'application/json',
        text: '{"test":"data","value":123}',
      },
    },
  ]);
  server.registerTool('test_error_handling', { description: 'Fails', inputSchema: nothing }, async () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
}

function addSteps(server: McpServer): void {
  server.server.registerCapabilities({ logging: {} });
  server.registerTool(
    'test_tool_with_logging',
    { description: 'Logs as it goes', inputSchema: nothing },
    async (_, { mcpReq }) => {
      for (const data of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        await mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data } });
        await delay(50);
      }
      return text('Logged.');
    },
  );
  server.registerTool(
    'test_tool_with_progress',
    { description: 'Tells how far it is', inputSchema: nothing },
    async (_, { mcpReq }) => {
      const { progressToken } = mcpReq._meta ?? {};
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined)
          await mcpReq.notify({
            method: 'notifications/progress',
            params: { progressToken, progress, total: 100 },
          });
        await delay(50);
      }
      return text('Done.');
    },
  );
  server.registerTool(
    'test_reconnection',
    { description: 'Has its stream closed in the middle', inputSchema: nothing },
    async (_, { http }) => {
      http?.closeSSE?.();
      await delay(100);
      return text('Answered after the stream was closed.');
    },
  );
}

function addQuestions(server: McpServer): void {
  server.registerTool(
    'test_sampling',
    { description: 'Asks the model of the client', inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, { mcpReq }): Promise<CallToolResult | InputRequiredResult> => {
      const answer = inputResponse(mcpReq.inputResponses, 'model');
      if (answer.kind === 'sampling') return text(`LLM response: ${JSON.stringify(answer.result.content)}`);
      const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: prompt } }];
      return inputRequired({
        inputRequests: { model: inputRequired.createMessage({ messages, maxTokens: 100 }) },
      });
    },
  );
  server.registerTool(
    'test_elicitation',
    { description: 'Asks the person', inputSchema: z.object({ message: z.string() }) },
    async ({ message }, context) =>
      asked(context, message, 'User response:', {
        type: 'object',
        properties: {
          username: { type: 'string', description: "User's response" },
          email: { type: 'string', description: "User's email address" },
        },
        required: ['username', 'email'],
      }),
  );
  const options = ['option1', 'option2', 'option3'];
  const titled = ['First', 'Second', 'Third'].map((title, i) => ({ const: `value${i + 1}`, title }));
  const forms: Record<string, ElicitRequestFormParams['requestedSchema']> = {
    test_elicitation_sep1034_defaults: {
      type: 'object',
      properties: {
        name: { type: 'string', default: 'John Doe' },
        age: { type: 'integer', default: 30 },
        score: { type: 'number', default: 95.5 },
        status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
        verified: { type: 'boolean', default: true },
      },
    },
    test_elicitation_sep1330_enums: {
      type: 'object',
      properties: {
        untitledSingle: { type: 'string', enum: options },
        titledSingle: { type: 'string', oneOf: titled },
        legacyEnum: {
          type: 'string',
          enum: ['opt1', 'opt2', 'opt3'],
          enumNames: ['Option One', 'Option Two', 'Option Three'],
        },
        untitledMulti: { type: 'array', items: { type: 'string', enum: options } },
        titledMulti: { type: 'array', items: { anyOf: titled } },
      },
    },
  };
  for (const [name, schema] of Object.entries(forms))
    server.registerTool(name, { description: 'Asks the person', inputSchema: nothing }, async (_, context) =>
      asked(context, 'Please answer.', 'Elicitation completed:', schema),
    );
}

function asked(
  { mcpReq }: ServerContext,
  message: string,
  lead: string,
  requestedSchema: ElicitRequestFormParams['requestedSchema'],
): CallToolResult | InputRequiredResult {
  const answer = inputResponse(mcpReq.inputResponses, 'person');
  if (answer.kind === 'elicit') {
    const { action } = answer;
    const content = answer.action === 'accept' ? answer.content : undefined;
    return text(`${lead} action=${action}, content=${JSON.stringify(content ?? {})}`);
  }
  return inputRequired({ inputRequests: { person: inputRequired.elicit({ message, requestedSchema }) } });
}

import type { ServerResponse } from 'node:http';

export interface Usage {
  input_tokens: number;
  output_tokens: number;
  cache_creation_input_tokens: number;
  cache_read_input_tokens: number;
}

type Block = { type: 'text'; text: string } | { type: 'tool_use'; id?: string; name: string; input: unknown };

export interface Message {
  id: string;
  type: 'message';
  role: 'assistant';
  model: string;
  content: Block[];
  stop_reason: string;
  stop_sequence: null;
  usage: Usage;
}

interface StreamEvent {
  type: string;
  [more: string]: unknown;
}

/** Writes a message as the Messages API streams it; `breaks` ends it early, by an error event or by hanging up. */
export async function writeEvents(
  response: ServerResponse,
  message: Message,
  breaks: { after: number; how: 'cut' | 'overloaded' } | null,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const events = eventsOf(message);
  for (const event of events.slice(0, breaks?.after)) await write(response, event);
  if (breaks?.how === 'overloaded') {
    await write(response, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
  }
  if (breaks?.how === 'cut') response.destroy();
  else response.end();
}

/** Resolves when the event has left, so that what came before a cut arrives. */
async function write(response: ServerResponse, event: StreamEvent): Promise<void> {
  if (response.destroyed) return;
  await new Promise<void>(resolve => {
    response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`, () => resolve());
  });
}

function eventsOf(message: Message): StreamEvent[] {
  return [
    {
      type: 'message_start',
      message: { ...message, content: [], stop_reason: null, usage: { ...message.usage, output_tokens: 1 } },
    },
    { type: 'ping' },
    ...message.content.flatMap(blockEvents),
    {
      type: 'message_delta',
      delta: { stop_reason: message.stop_reason, stop_sequence: null },
      usage: { output_tokens: message.usage.output_tokens },
    },
    { type: 'message_stop' },
  ];
}

function blockEvents(block: Block, index: number): StreamEvent[] {
  const [start, deltas] =
    block.type === 'text'
      ? [{ type: 'text', text: '' }, pieces(block.text).map(text => ({ type: 'text_delta', text }))]
      : [
          { ...block, input: {} },
          // The first piece is empty, as the service sends it.
          ['', ...pieces(JSON.stringify(block.input))].map(partial_json => ({
            type: 'input_json_delta',
            partial_json,
          })),
        ];
  return [
    { type: 'content_block_start', index, content_block: start },
    ...deltas.map(delta => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ];
}

const pieces = (text: string) => text.match(/[\s\S]{1,24}/gu) ?? [];

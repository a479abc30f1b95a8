import type { ScriptedRequest, SentBlock } from './scripted-model.ts';

/** Why the real service would refuse this request (400); null where it would take it. */
export function faultOfRequest(request: ScriptedRequest): string | null {
  const { messages, tools = [] } = request;
  if (typeof request.model !== 'string') return 'model: Field required';
  if (!Number.isInteger(request.max_tokens) || request.max_tokens < 1) return 'max_tokens: must be positive';
  if (!Array.isArray(messages) || messages.length === 0) return 'messages: at least one message is required';
  if (messages[0]!.role !== 'user') return 'messages: first message must use the "user" role';
  for (const { name, input_schema } of tools) {
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) return `tools: name ${name} is not allowed`;
    if (tools.filter(tool => tool.name === name).length > 1) return 'tools: Tool names must be unique.';
    if ((input_schema as { type?: unknown } | undefined)?.type !== 'object')
      return `tools.${name}.input_schema.type: Field required`;
  }
  const marked = JSON.stringify([request.system, tools, messages]).split('"cache_control":{').length - 1;
  if (marked > 4) return `A maximum of 4 blocks with cache_control may be provided. Found ${marked}.`;
  return faultOfMessages(messages);
}

function faultOfMessages(messages: ScriptedRequest['messages']): string | null {
  let asked: string[] = [];
  for (const [i, { role, content }] of messages.entries()) {
    const blocks: SentBlock[] = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
    const last = i === messages.length - 1;
    if (blocks.length === 0 && !(last && role === 'assistant'))
      return `messages.${i}: all messages must have non-empty content`;
    if (blocks.some(({ type, text }) => type === 'text' && !text?.trim()))
      return `messages.${i}: text content blocks must be non-empty`;
    const answered = blocks.flatMap(block => (block.type === 'tool_result' ? [block.tool_use_id!] : []));
    const missing = asked.find(id => role !== 'user' || !answered.includes(id));
    if (missing !== undefined)
      return `messages.${i}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing}`;
    const unasked = answered.find(id => !asked.includes(id));
    if (unasked !== undefined)
      return `messages.${i}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${unasked}`;
    asked = blocks.flatMap(block => (block.type === 'tool_use' && role === 'assistant' ? [block.id!] : []));
  }
  return asked.length > 0
    ? `messages: \`tool_use\` ids were found without \`tool_result\`: ${asked[0]}`
    : null;
}

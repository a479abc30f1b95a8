import { inputTokens, type TokenUsage } from './prices.ts';

/** A reply, or what came of one that broke off. */
interface Reply {
  content: unknown;
  stop_reason: string | null;
  usage: TokenUsage;
}

/**
 * What a reply took, as the service tells it. Of a reply that broke off it tells the input alone, and some servers tell
 * nothing: then it is estimated, as caps have to hold all the same.
 *
 * @param reply undefined where nothing came of one that the service began
 * @param input tokens that were sent, estimated from above
 */
export function toldUsage(reply: Reply | undefined, input: number): TokenUsage {
  if (!reply) return { input_tokens: input, output_tokens: 0 };
  const { usage } = reply;
  const told = inputTokens(usage) > 0 ? usage : { ...usage, input_tokens: input };
  const written = Math.ceil(JSON.stringify(reply.content).length / 4);
  const whole = reply.stop_reason !== null && usage.output_tokens > 0;
  return { ...told, output_tokens: whole ? usage.output_tokens : Math.max(usage.output_tokens, written) };
}

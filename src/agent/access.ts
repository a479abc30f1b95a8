import Anthropic from '@anthropic-ai/sdk';
import type { AgentConfig } from '../config.ts';

/** A language model that can be asked. */
export interface ModelAccess {
  client: Anthropic;
  /** The model's id. */
  id: string;
  /** Anthropic's own API, which can be held to a schema; other servers that speak its language often cannot. */
  official: boolean;
  limits: AgentConfig['limits'];
  prices: AgentConfig['prices'];
  /** US dollars spent so far on each answer that is under way: they count towards the cap of the day. */
  underWay: Set<() => number>;
}

/** null where no key is set. */
export function modelAccess({ apiKey, baseUrl, model, limits, prices }: AgentConfig): ModelAccess | null {
  if (apiKey === null) return null;
  const client = new Anthropic({ apiKey, baseURL: baseUrl, maxRetries: 2, timeout: 120_000 });
  return { client, id: model, official: baseUrl === null, limits, prices, underWay: new Set() };
}

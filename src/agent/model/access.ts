import Anthropic from '@anthropic-ai/sdk';
import type { AgentConfig } from '../../config.ts';
import { impatient } from './impatient.ts';

/** A language model that can be asked. */
export interface ModelAccess {
  client: Anthropic;
  /** The model's id. */
  id: string;
  /** Anthropic's own API, which can be held to a schema; other servers that speak its language often cannot. */
  official: boolean;
  limits: AgentConfig['limits'];
  prices: AgentConfig['prices'];
  /**
   * US dollars of each answer that is under way, spent so far and what its request may still cost: they count towards
   * the cap of the day.
   */
  underWay: Set<() => number>;
}

const anthropic = 'https://api.anthropic.com';
/** Servers on a machine of one's own read a long prompt for a while before they say the first word. */
const patienceMs = 120_000;

/** null where no key is set. One serves a whole process, as answers at the same time share the cap of the day. */
export function modelAccess(
  { apiKey, baseUrl, model, limits, prices }: AgentConfig,
  patience = patienceMs,
): ModelAccess | null {
  if (apiKey === null) return null;
  const baseURL = baseUrl ?? anthropic;
  const client = withoutEnvironment({
    apiKey,
    baseURL,
    maxRetries: 2,
    timeout: patience,
    fetch: impatient(patience),
  });
  const official = new URL(baseURL).origin === anthropic;
  return { client, id: model, official, limits, prices, underWay: new Set() };
}

/** A client that takes nothing from the environment, which is read in config.ts alone. */
function withoutEnvironment(
  options: { apiKey: string } & ConstructorParameters<typeof Anthropic>[0],
): Anthropic {
  const client = new Anthropic({ ...options, webhookKey: null, logLevel: 'off', openTelemetry: false });
  // It has no option that keeps ANTHROPIC_CUSTOM_HEADERS out.
  const kept: { _options?: { defaultHeaders?: unknown } } = client as object;
  delete kept._options?.defaultHeaders;
  return client;
}

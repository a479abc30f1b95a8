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
/** Milliseconds of silence after which a service is given up. */
const patienceWithAnthropic = 120_000;
/**
 * A server on a machine of one's own may read a long prompt for minutes before it says the first word; under the five
 * after which `fetch` itself gives up.
 */
const patienceWithOthers = 290_000;

/**
 * null where no key is set. One serves a whole process, as answers at the same time share the cap of the day.
 *
 * @param told milliseconds of patience, instead of what suits the service
 */
export function modelAccess(
  { apiKey, baseUrl, model, limits, prices }: AgentConfig,
  told?: number,
): ModelAccess | null {
  if (apiKey === null) return null;
  const baseURL = baseUrl ?? anthropic;
  const official = new URL(baseURL).origin === anthropic;
  const patience = told ?? (official ? patienceWithAnthropic : patienceWithOthers);
  const client = withoutEnvironment({
    apiKey,
    baseURL,
    maxRetries: 2,
    timeout: patience,
    fetch: impatient(patience),
  });
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

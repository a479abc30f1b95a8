import type { Config } from '../../../config.ts';
import type { Setup } from './facts.ts';

export function setupOf(config: Config): Setup {
  const { agent, warehouseUrl, databaseUrl, refreshSchedule, reclusterSchedule, autoPromote } = config;
  const host = agent.baseUrl === null ? 'api.anthropic.com' : new URL(agent.baseUrl).hostname;
  return {
    warehouse: storeOf(warehouseUrl, 'a DuckDB file in the data folder'),
    state: storeOf(databaseUrl, 'a PGlite database in the data folder'),
    model:
      agent.apiKey === null
        ? null
        : { id: agent.model, host, onThisMachine: /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host) },
    refreshSchedule,
    reclusterSchedule,
    autoPromote,
    takesEvents: config.eventsToken !== undefined,
  };
}

/** Where a store is, without who may enter it. */
function storeOf(url: string | undefined, otherwise: string): string {
  return url === undefined ? otherwise : `PostgreSQL on ${new URL(url).hostname || 'this machine'}`;
}

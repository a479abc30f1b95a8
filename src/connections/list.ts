import type { App } from '../app.ts';
import { formatError, KindredError } from '../errors.ts';
import type { StoredConnection } from '../state/connections.ts';
import { vendorNamed } from '../vendors/registry.ts';
import type { Platform } from '../vendors/vendor.ts';
import { unsealed } from './connection.ts';
import { tryOut } from './trial.ts';

export interface ListedConnection extends Omit<StoredConnection, 'secrets'> {
  title: string;
  /** When it was last pulled to its end, the oldest of its streams; null where one never was. */
  pulledAt: string | null;
}

export type Tested = { account: string; missing: readonly string[] } | { problem: string };

/** By name, without secrets. */
export async function listConnections(app: Pick<App, 'state'>): Promise<ListedConnection[]> {
  const state = await app.state();
  const pulls = await state.pulls.of();
  return (await state.connections.list()).map(({ secrets: _, ...connection }) => {
    const ends = pulls
      .filter(pull => pull.connection === connection.name)
      .map(({ completeAt }) => completeAt ?? '');
    return {
      ...connection,
      title: vendorNamed(connection.vendor)?.title ?? connection.vendor,
      pulledAt: ends.sort()[0] || null,
    };
  });
}

/** Tests a connection that is kept; what is wrong is told, not thrown. */
export async function testConnection(
  app: Pick<App, 'state' | 'config'>,
  name: string,
  platform: Platform,
): Promise<Tested> {
  try {
    const stored = (await (await app.state()).connections.byName(name))!;
    const vendor = vendorNamed(stored.vendor);
    if (!vendor) return { problem: `This version knows no ${stored.vendor}.` };
    return await tryOut(vendor, unsealed(app.config.key, stored), platform);
  } catch (error) {
    if (!(error instanceof KindredError)) throw error;
    return { problem: formatError(error) };
  }
}

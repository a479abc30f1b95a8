import type { App } from '../app.ts';
import { InputError } from '../errors.ts';
import { noSuchConnection } from './connection.ts';

export interface Disconnected {
  name: string;
  vendor: string;
  /** Audiences whose syncs ended with it; whoever they put at the vendor stays there. */
  ended: string[];
}

/** Forgets a connection and how far it was pulled. What was pulled stays. */
export async function disconnect(
  app: Pick<App, 'state' | 'now'>,
  { name, endSyncs, actor }: { name: string; endSyncs: boolean; actor: string },
): Promise<Disconnected> {
  const state = await app.state();
  const known = await state.connections.byName(name);
  if (!known) throw await noSuchConnection(app, name);
  const using = (await state.syncs.list()).filter(
    ({ connection, status }) => connection === name && status !== 'ended',
  );
  if (using.length > 0 && !endSyncs)
    throw new InputError(
      `${using.length === 1 ? 'A sync goes' : `${using.length} syncs go`} over the connection ${name}.`,
      'End them first, which takes back whom they put there; or say --end-syncs, which leaves everybody where they are.',
    );
  const at = app.now().toISOString();
  for (const { id, status } of using) {
    await state.syncs.setStatus(id, { from: [status], to: 'ended', at, by: actor });
    // What waits would wait for ever, with the addresses in it.
    await state.syncRuns.close(id, { at, by: actor });
  }
  await state.connections.remove(name, { at, actor });
  return { name, vendor: known.vendor, ended: using.map(({ audience }) => audience) };
}

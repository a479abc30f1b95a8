import type { App } from '../app.ts';
import { InputError, OperatorError } from '../errors.ts';
import type { StoredConnection } from '../state/connections.ts';
import type { Connection } from '../vendors/vendor.ts';
import { needKey, opened, sealed } from './sealing.ts';

type Keeper = Pick<App, 'state' | 'config'>;

/**
 * A connection with its secrets.
 *
 * @throws InputError where there is none of that name, OperatorError where its secrets cannot be opened
 */
export async function connectionOf(app: Keeper, name: string): Promise<Connection> {
  const stored = await (await app.state()).connections.byName(name);
  if (!stored) throw await noSuchConnection(app, name);
  return unsealed(app.config.key, stored);
}

export async function noSuchConnection(app: Pick<App, 'state'>, name: string): Promise<InputError> {
  const names = (await (await app.state()).connections.list()).map(connection => connection.name);
  return new InputError(
    `There is no connection called "${name}".`,
    names.length > 0
      ? `There ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}; \`kindred connections\` tells more.`
      : '`kindred connect` lists what can be connected.',
  );
}

/** @throws OperatorError where the secrets cannot be opened */
export function unsealed(key: Buffer | null, stored: StoredConnection): Connection {
  const { name, vendor, settings, secrets } = stored;
  const found = opened(needKey(key, keptSecrets), 'connections', contextOf(stored), secrets);
  const again = `\`kindred connect ${vendor} --name ${name}\``;
  if ('text' in found) return { name, vendor, settings, secrets: JSON.parse(found.text) };
  throw found.problem === 'another key'
    ? new OperatorError(
        `The secrets of the connection ${name} were sealed with another KINDRED_KEY than the one that is set.`,
        `Set the key of that time; if it is lost, run ${again}, which asks for them again.`,
      )
    : new OperatorError(
        `The secrets of the connection ${name} are damaged: they do not open with the key that sealed them.`,
        `Run ${again}, which asks for them again.`,
      );
}

export function sealedSecrets(key: Buffer | null, connection: Connection): string {
  const text = JSON.stringify(connection.secrets);
  return sealed(needKey(key, keptSecrets), 'connections', contextOf(connection), text);
}

const keptSecrets = 'The secrets of connections are';

/** Sealed secrets that are moved to another connection do not open there. */
const contextOf = ({ name, vendor }: Pick<Connection, 'name' | 'vendor'>) => JSON.stringify([vendor, name]);

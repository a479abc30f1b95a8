import type { App } from '../app.ts';
import { InputError, OperatorError } from '../errors.ts';
import { sourceOf } from '../sources/vendors/registry.ts';
import type { Connection, Platform, Vendor } from '../vendors/vendor.ts';
import { sealedSecrets, unsealed } from './connection.ts';
import { readFields } from './fields.ts';
import { needKey } from './sealing.ts';
import { tryOut } from './trial.ts';

export interface ConnectRequest {
  vendor: Vendor;
  name: string;
  /** Settings and secrets by field; what is not in it stays as it stands, or is what the vendor takes then. */
  given: Readonly<Record<string, string>>;
  actor: string;
}

export interface Connected {
  name: string;
  vendor: string;
  title: string;
  /** Who is there, in words. */
  account: string;
  /** What its credentials may not do that Kindred needs for some of its work. */
  missing: readonly string[];
  /** Who was there under this name before, where it was somebody else: then all of it is pulled from the beginning. */
  before: string | null;
  /** Syncs that go on once somebody says so: nobody approved that they write to another account. */
  paused: readonly string[];
  /** Whether a connection of that name was changed rather than made. */
  changed: boolean;
}

/** Has a connection tested, and keeps it only if it works. */
export async function connect(
  app: Pick<App, 'state' | 'config' | 'now'>,
  platform: Platform,
  { vendor, name, given, actor }: ConnectRequest,
): Promise<Connected> {
  checkName(name);
  needKey(app.config.key, 'The secrets of connections are');
  const state = await app.state();
  const known = await state.connections.byName(name);
  if (known && known.vendor !== vendor.name)
    throw new InputError(
      `The connection ${name} is one to ${known.vendor}.`,
      `Choose another name: kindred connect ${vendor.name} --name ${vendor.name}-2`,
    );
  const standing = known && standingOf(app.config.key, known);
  const connection: Connection = { name, vendor: vendor.name, ...readFields(vendor, given, standing) };
  const { account, missing } = await tryOut(vendor, connection, platform);
  await sourceOf(vendor.name)?.check?.(connection, platform);
  const at = app.now().toISOString();
  const moved = known !== undefined && known.account !== account;
  // Before it is kept: a kill in between pulls too much again, not too little.
  if (moved) await state.pulls.reset(name);
  const paused = moved ? await state.syncs.moved(name, { at, by: actor }) : [];
  const { settings } = connection;
  await state.connections.put(
    {
      name,
      vendor: vendor.name,
      settings,
      secrets: sealedSecrets(app.config.key, connection),
      account,
      createdAt: at,
      createdBy: actor,
    },
    { at, actor },
  );
  return {
    name,
    vendor: vendor.name,
    title: vendor.title,
    account,
    missing,
    before: moved ? known.account : null,
    paused,
    changed: known !== undefined,
  };
}

/** Secrets that do not open any more have to be given anew; the settings stand all the same. */
function standingOf(key: Buffer | null, known: Parameters<typeof unsealed>[1]): Connection {
  try {
    return unsealed(key, known);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { name: known.name, vendor: known.vendor, settings: known.settings, secrets: {} };
  }
}

/** It is part of commands, of the names of profiles (source/id), and of file names. */
function checkName(name: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,59}$/i.test(name)) return;
  throw new InputError(
    `"${name}" cannot be the name of a connection.`,
    'Use letters, digits, points and hyphens, such as shopify or uk-shop.',
  );
}

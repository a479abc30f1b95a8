import { randomUUID } from 'node:crypto';
import { readFileSync, unlinkSync } from 'node:fs';
import { mkdir, open, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { codeOf, OperatorError } from './errors.ts';

/** Who asks for the store. `startedAt` is ISO time, for the message that another process gets. */
export interface StoreOwner {
  pid: number;
  command: string;
  startedAt: string;
}

export interface StoreLock {
  /** Random; only who may read the lock file knows it. */
  readonly token: string;
  /** Writes into the lock file where this process takes commands: they come with the token. */
  announce(url: string): Promise<void>;
  release(): Promise<void>;
}

/** A process of this machine that holds the store and takes commands over HTTP. */
export interface StoreServer {
  url: string;
  token: string;
}

export class StoreHeld extends OperatorError {
  /** Null where the holder takes no commands. */
  readonly server: StoreServer | null;

  constructor(message: string, next: string, server: StoreServer | null) {
    super(message, next);
    this.server = server;
  }
}

/** What stands in the lock file. */
interface Holder extends StoreOwner {
  host: string;
  /** When the process began, in the kernel's ticks: tells it from a later process with the same pid. */
  began: string | null;
  token: string;
  url?: string;
}

const lockName = 'kindred.lock';
/** Held for the moment in which a dead process's lock is replaced, so that of two takers only one wins. */
const takeoverName = 'kindred.lock.takeover';
/** A lock file is empty between being made and being written; after this long its maker is taken for dead. */
const patience = { tries: 40, milliseconds: 25 };

/**
 * Makes the data folder and takes it for this process: DuckDB and PGlite each belong to one. Released by
 * `release`, at exit, and by SIGINT and SIGTERM; what a killed process left behind is taken over.
 *
 * @throws StoreHeld when another process holds the folder; OperatorError when it cannot be written.
 */
export async function acquireStore(dataDir: string, owner: StoreOwner): Promise<StoreLock> {
  const holder: Holder = { ...owner, host: hostname(), began: await beganAt(owner.pid), token: randomUUID() };
  const file = join(dataDir, lockName);
  try {
    await mkdir(dataDir, { recursive: true });
    for (let attempt = 0; attempt < patience.tries; attempt++) {
      if (await writeNew(file, holder)) return guard(file, holder);
      const other = await readHolder(file);
      if (other === 'gone') continue;
      if (other === 'unreadable' ? await stillUnreadable(file) : !(await isAlive(other, holder.host)))
        await removeStale(dataDir, file, holder);
      else if (other !== 'unreadable') throw heldBy(dataDir, file, other, holder.host);
    }
  } catch (error) {
    throw asOperatorError(dataDir, error);
  }
  throw new OperatorError(
    `The store ${dataDir} could not be taken: other processes keep taking it.`,
    'Run one kindred command at a time on this folder.',
  );
}

/** The process of this machine that takes commands for a data folder, as its lock file says; a look, which takes nothing. */
export async function serverOf(dataDir: string): Promise<StoreServer | null> {
  const holder = await readHolder(join(dataDir, lockName)).catch(() => 'gone' as const);
  return typeof holder === 'string' ? null : serverAt(holder, hostname());
}

function serverAt({ host, url, token }: Holder, here: string): StoreServer | null {
  return url && host === here ? { url, token } : null;
}

/** Makes the file with its content; false where it exists already. */
async function writeNew(file: string, holder: Holder): Promise<boolean> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    // Nobody else reads it: it may come to hold the key to a server.
    handle = await open(file, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  try {
    await handle.writeFile(JSON.stringify(holder));
    await handle.close();
    return true;
  } catch (error) {
    await handle.close().catch(() => {});
    await unlink(file);
    throw error;
  }
}

async function readHolder(file: string): Promise<Holder | 'gone' | 'unreadable'> {
  try {
    return parseHolder(await readFile(file, 'utf8')) ?? 'unreadable';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'gone';
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'pid' in value ? (value as Holder) : undefined;
  } catch {
    return undefined;
  }
}

async function stillUnreadable(file: string): Promise<boolean> {
  for (let attempt = 0; attempt < patience.tries; attempt++) {
    if ((await readHolder(file)) !== 'unreadable') return false;
    await wait(patience.milliseconds);
  }
  return true;
}

/** Looks again with the takeover file in hand: only its holder removes a lock that is not its own. */
async function removeStale(dataDir: string, file: string, holder: Holder): Promise<void> {
  const takeover = join(dataDir, takeoverName);
  if (!(await writeNew(takeover, holder))) {
    await wait(patience.milliseconds);
    const other = await readHolder(takeover);
    const abandoned =
      other === 'unreadable'
        ? await stillUnreadable(takeover)
        : other !== 'gone' && !(await isAlive(other, holder.host));
    if (abandoned) await unlink(takeover).catch(ignoreGone);
    return;
  }
  try {
    const other = await readHolder(file);
    if (other === 'unreadable' || (other !== 'gone' && !(await isAlive(other, holder.host))))
      await unlink(file).catch(ignoreGone);
  } finally {
    await unlink(takeover).catch(ignoreGone);
  }
}

/** A process of another host (or container) cannot be looked up from here, so it counts as alive. */
async function isAlive(other: Holder, host: string): Promise<boolean> {
  if (other.host !== host) return true;
  try {
    process.kill(other.pid, 0);
  } catch (error) {
    if (codeOf(error) === 'ESRCH') return false;
  }
  const began = await beganAt(other.pid);
  return began === null || other.began === null || began === other.began;
}

/** Field 22 of /proc/PID/stat; the name before it may hold spaces and brackets. Null off Linux. */
async function beganAt(pid: number): Promise<string | null> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? null;
}

function guard(file: string, holder: Holder): StoreLock {
  const remove = () => {
    try {
      if (parseHolder(readFileSync(file, 'utf8'))?.token === holder.token) unlinkSync(file);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  };
  const onSignal = (signal: NodeJS.Signals) => {
    // Where somebody else handles the signal too, the work is still ending: the lock goes at exit.
    if (process.listenerCount(signal) > 1) return;
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    process.off('exit', remove);
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
    remove();
  };
  process.on('exit', remove);
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    token: holder.token,
    async announce(url) {
      // Put in place whole: who reads meanwhile finds the holder, with its address or without.
      const draft = `${file}.draft`;
      await writeFile(draft, JSON.stringify({ ...holder, url }), { mode: 0o600 });
      await rename(draft, file);
    },
    release: async () => stop(),
  };
}

function heldBy(dataDir: string, file: string, other: Holder, host: string): StoreHeld {
  const elsewhere = other.host === host ? '' : ` on ${other.host}`;
  const server = serverAt(other, host);
  const wait = server ? `It serves at ${server.url}: stop it first` : 'Wait for it to end';
  return new StoreHeld(
    `The store ${dataDir} is in use by process ${other.pid}${elsewhere} (${other.command}), since ${other.startedAt}.`,
    elsewhere
      ? `Wait for it to end; if it is certain that it no longer runs, delete ${file}.`
      : `${wait}, or give this command a folder of its own with --data.`,
    server,
  );
}

function asOperatorError(dataDir: string, error: unknown): unknown {
  const trouble = troubles[codeOf(error)];
  if (!trouble) return error;
  return new OperatorError(`The data folder ${dataDir} ${trouble.says}.`, trouble.next, { cause: error });
}

const notWritable = {
  says: 'cannot be written',
  next: 'Give yourself the right to write it, or name another folder with --data or KINDRED_DATA.',
};
const notAFolder = {
  says: 'is not a folder, or a part of its path is a file',
  next: 'Name a folder with --data or KINDRED_DATA; it is made where it is missing.',
};
const noSpace = {
  says: 'is on a disk that takes no more data',
  next: 'Free some space and run the command again; nothing that was stored before is lost.',
};
const troubles: Readonly<Record<string, { says: string; next: string }>> = {
  EACCES: notWritable,
  EPERM: notWritable,
  EROFS: notWritable,
  ENOENT: notWritable,
  EEXIST: notAFolder,
  ENOTDIR: notAFolder,
  ENOSPC: noSpace,
  EDQUOT: noSpace,
  EFBIG: noSpace,
};

function ignoreGone(error: unknown): void {
  if (codeOf(error) !== 'ENOENT') throw error;
}

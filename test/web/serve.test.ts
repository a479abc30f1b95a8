import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { withApp } from '../../src/app.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { readConfig } from '../../src/config.ts';
import { OperatorError } from '../../src/errors.ts';
import { post } from '../../src/segmentation/refresh/outbox.ts';
import { openState } from '../../src/state/state.ts';
import { acquireStore, StoreHeld, type StoreServer } from '../../src/store-lock.ts';
import { openDuckDb } from '../../src/warehouse/duckdb.ts';
import { serve } from '../../src/web/serve.ts';
import { exampleChange } from '../state/example-change.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';
import { kindred } from '../support/terminal.ts';

/** The state on a server, which opens at once. */
let database: string;
beforeAll(async () => {
  database = await freshDatabase();
});

let folder: TemporaryFolder;
let stop: AbortController;
beforeEach(() => {
  folder = temporaryFolder();
  stop = new AbortController();
});
afterEach(() => folder.remove());

type Run = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** As commands do that are on the stores from beginning to end. */
const inTurn =
  (run: Run): Run =>
  (args, terminal) =>
    terminal.app!.turns.take(`kindred ${args[0]}`, () => run(args, terminal), terminal.signal);

/** A server in this process whose commands do what `run` does in a turn; `ended` when it has let the folder go. */
const start = (run: Run) => startBeside(inTurn(run));

/** The same, where `run` takes the turns that it needs. */
async function startBeside(run: Run) {
  const terminal: Terminal = {
    env: {},
    cwd: process.cwd(),
    now: () => new Date('2026-11-22T12:00:00Z'),
    out: () => {},
    err: () => {},
    interactive: false,
    columns: 100,
  };
  const config = readConfig({ KINDRED_PORT: '0', DATABASE_URL: database }, folder.path);
  let ended: Promise<void> | undefined;
  const url = await new Promise<string>((listening, reject) => {
    ended = withApp(config, 'kindred serve', terminal.now, app =>
      serve(app, { terminal, run, signal: stop.signal, listening }),
    );
    ended.catch(reject);
  });
  return { url, ended: ended! };
}

async function holder(): Promise<StoreServer> {
  const owner = { pid: process.pid, command: 'test', startedAt: 'now' };
  const error = await acquireStore(folder.path, owner).catch((held: unknown) => held);
  expect(error).toBeInstanceOf(StoreHeld);
  return (error as StoreHeld).server!;
}

/** Works until it is to stop, as a use case does that looks at the signal at each step. */
async function untilStopped(terminal: Terminal): Promise<never> {
  const { signal } = terminal;
  await new Promise(resolve => signal!.addEventListener('abort', resolve));
  throw signal!.reason;
}

const segments = (err: (text: string) => void) => kindred(['segments', '--data', folder.path], {}, { err });

test('a command that names another store is not run, one that names the same is', async () => {
  const begun: string[] = [];
  const { ended } = await start(async args => {
    begun.push(args[0]!);
    return 0;
  });
  const named = (env: NodeJS.ProcessEnv) => kindred(['segments', '--data', folder.path], env);
  const elsewhere = 'postgres://ada:secret@elsewhere/shop';
  for (const setting of ['WAREHOUSE_URL', 'DATABASE_URL']) {
    const { code, err } = await named({ [setting]: elsewhere });
    expect([code, err]).toEqual([1, expect.stringContaining(`another store than ${setting} names`)]);
    expect(err).not.toContain('secret');
  }
  expect(begun).toEqual([]);
  expect((await named({ DATABASE_URL: database })).code).toBe(0);
  expect(begun).toEqual(['segments']);
  stop.abort();
  await ended;
});

test('a stop ends the running command at its next step, refuses those that wait, and lets the folder go', async () => {
  const begun: string[] = [];
  const { ended } = await start(async (args, terminal) => {
    begun.push(args.join(' '));
    terminal.err('begun\n');
    await untilStopped(terminal).catch((error: OperatorError) => terminal.err(error.message));
    return 1;
  });
  let told = '';
  let second = '';
  const waiting: Promise<{ code: number }>[] = [];
  const first = await segments(text => {
    told += text;
    if (text !== 'begun\n') return;
    const err = (more: string) => {
      second += more;
      if (more.includes('waits its turn')) stop.abort(new OperatorError('The server was stopped.', 'Again.'));
    };
    waiting.push(kindred(['segments', '--data', folder.path], {}, { err, interactive: true }));
  });
  expect(first.code).toBe(1);
  expect(told).toBe('begun\nThe server was stopped.');
  expect(await Promise.all(waiting)).toMatchObject([{ code: 1 }]);
  expect(second).toBe(
    'The server is busy with kindred segments; this waits its turn.\n\nkindred: The server was stopped.\n  Again.\n',
  );
  await ended;
  expect(begun).toHaveLength(1);
  expect(existsSync(folder.file('kindred.lock'))).toBe(false);
});

test('where the asker goes away, the command ends at its next step and the next one begins', async () => {
  const ends: unknown[] = [];
  const { ended } = await start(async (args, terminal) => {
    terminal.out('begun\n');
    if (args[0] === 'segments') return 0;
    await untilStopped(terminal).catch(error => ends.push(error.name));
    return 1;
  });
  const { url, token } = await holder();
  await new Promise<void>(resolve => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const call = request(`${url}/v1/command`, { method: 'POST', headers }, response => {
      response.on('error', () => {});
      response.once('data', () => {
        call.destroy();
        resolve();
      });
    });
    call.on('error', () => {});
    call.end(JSON.stringify({ args: ['import', 'x'], cwd: '/', columns: 80, interactive: false }));
  });
  expect(await kindred(['segments', '--data', folder.path])).toMatchObject({ code: 0, out: 'begun\n' });
  expect(ends).toEqual(['AbortError']);
  stop.abort();
  await ended;
});

test('a connection that asks nothing does not hold up the end', async () => {
  const { url, ended } = await start(async () => 0);
  const silent = connect(Number(new URL(url).port), '127.0.0.1');
  await once(silent, 'connect');
  const closed = once(silent, 'close');
  stop.abort();
  await ended;
  await closed;
});

test('health names what the server is busy with', async () => {
  let health: Response | undefined;
  const { url, ended } = await start(async () => {
    health = await fetch(`${url}/healthz`);
    return 0;
  });
  await segments(() => {});
  expect(health?.status).toBe(200);
  expect(await health?.json()).toMatchObject({ status: 'ok', busy: 'kindred segments', model: null });
  stop.abort();
  await ended;
});

test('what a kill left between the stores is handed over before a command runs', async () => {
  const state = await openState({ dataDir: folder.path, url: database });
  const warehouse = await openDuckDb({ file: folder.file('warehouse.duckdb') });
  await post(warehouse, state.owner, exampleChange());
  await warehouse.close();
  let standing: string | undefined;
  const { ended } = await start(async (_args, { app }) => {
    standing = (await (await app!.state()).models.current())?.id;
    return 0;
  });
  await segments(() => {});
  expect(standing).toBe(exampleChange().model.id);
  stop.abort();
  await ended;
  await state.close();
});

test('a command that waits for a model lets others have the stores meanwhile, and a stop waits for its last words', async () => {
  const told: string[] = [];
  let others: Promise<unknown> | undefined;
  const { ended } = await startBeside(async (args, terminal) => {
    if (args[0] === 'segments') return inTurn(async () => 0)(args, terminal);
    const { turns } = terminal.app!;
    await turns.take('a tool', async () => told.push('looked up'));
    others = segments(() => {}).then(({ code }) => {
      told.push(`the other ended with ${code}`);
      stop.abort(new OperatorError('The server was stopped.', 'Again.'));
    });
    await untilStopped(terminal).catch(() => {});
    await (await terminal.app!.state()).audit.list();
    told.push('written down');
    return 1;
  });
  const { code } = await kindred(['history', '--data', folder.path]);
  expect(code).toBe(1);
  await others;
  await ended;
  expect(told).toEqual(['looked up', 'the other ended with 0', 'written down']);
});

import type { App } from '../../app.ts';
import { connectionOf, noSuchConnection } from '../../connections/connection.ts';
import { InputError, KindredError, OperatorError } from '../../errors.ts';
import { suppressionOf } from '../../governance/suppression.ts';
import { type Progress, silent } from '../../progress.ts';
import type { Pull } from '../../state/pulls.ts';
import { platformOf } from '../../vendors/platform.ts';
import type { Connection, Platform } from '../../vendors/vendor.ts';
import { sourceOf as registered } from '../vendors/registry.ts';
import { gather } from './gather.ts';
import {
  addFates,
  addLeftOut,
  noFates,
  type PulledConnection,
  type PulledStream,
  type SyncInReport,
} from './report.ts';
import type { Stream } from './source.ts';
import { storePages } from './store.ts';

export type { PulledConnection, PulledStream, SyncInReport } from './report.ts';

export type PullingApp = Pick<App, 'config' | 'now' | 'pacers' | 'pulling' | 'state' | 'turns' | 'warehouse'>;

export interface SyncInRequest {
  /** By name; all that are sources where absent. */
  connections?: readonly string[];
  /** From the beginning, also what was pulled before. */
  again?: boolean;
  signal: AbortSignal;
  progress?: Progress;
  platform?: Platform;
  /** Those that there are where absent. */
  sourceOf?: typeof registered;
}

/**
 * Pulls what changed since the last time from the connected tools. How far it came is kept with every transaction, so that
 * what was stopped or killed goes on from there. A connection that fails does not stop the others.
 */
export async function syncIn(app: PullingApp, request: SyncInRequest): Promise<SyncInReport> {
  const { signal, again = false, progress = silent, sourceOf = registered } = request;
  const platform = request.platform ?? platformOf(app, signal);
  const state = await app.state();
  const pulled: PulledConnection[] = [];
  for (const { name, vendor } of await chosen(app, request.connections, sourceOf)) {
    const streams: PulledStream[] = [];
    let failed: PulledConnection['failed'] = null;
    const mine = !app.pulling.has(name);
    try {
      if (!mine) throw pulledElsewhere(name);
      app.pulling.add(name);
      const connection = await connectionOf(app, name);
      if (again) await state.pulls.reset(name);
      for (const stream of sourceOf(vendor)!.streams)
        await pullStream(app, platform, progress, connection, stream, streams);
    } catch (error) {
      signal.throwIfAborted();
      failed = told(error);
      platform.log.error({ connection: name, err: error }, 'a connection could not be pulled to its end');
    } finally {
      if (mine) app.pulling.delete(name);
    }
    pulled.push({ name, vendor, streams, failed });
  }
  return { connections: pulled };
}

/** Connections that rows can be pulled from: those of the names, or all. */
async function chosen(
  app: Pick<App, 'state'>,
  names: readonly string[] | undefined,
  sourceOf: typeof registered,
): Promise<Pick<Connection, 'name' | 'vendor'>[]> {
  const all = await (await app.state()).connections.list();
  if (!names || names.length === 0) {
    const found = all.filter(({ vendor }) => sourceOf(vendor));
    if (found.length > 0) return found;
    throw new InputError(
      'Nothing is connected that rows can be pulled from.',
      '`kindred connect` lists what can be connected.',
    );
  }
  const found: Pick<Connection, 'name' | 'vendor'>[] = [];
  for (const name of new Set(names)) {
    const connection = all.find(one => one.name === name);
    if (!connection) throw await noSuchConnection(app, name);
    if (!sourceOf(connection.vendor))
      throw new InputError(
        `The connection ${name} is one to send to: nothing can be pulled from it.`,
        '`kindred connections` tells what each can be.',
      );
    found.push(connection);
  }
  return found;
}

/** Adds what came of the stream to `streams` also where it fails on the way. */
async function pullStream(
  app: PullingApp,
  platform: Platform,
  progress: Progress,
  connection: Connection,
  stream: Stream,
  streams: PulledStream[],
): Promise<void> {
  const { name, vendor } = connection;
  const { pulls } = await app.state();
  const suppression = suppressionOf(app.config);
  const place = streams.length;
  const placeOf = async () => (await pulls.of(name)).find(known => known.stream === stream.name);
  let pull = await placeOf();
  let report: PulledStream = {
    stream: stream.name,
    title: stream.title,
    received: 0,
    leftOut: [],
    rows: noFates,
    sinceBeginning: pull?.received ?? 0,
    expected: null,
    complete: false,
  };
  const tell = () => {
    streams[place] = report;
    const counts = { done: report.sinceBeginning, ...(report.expected ? { total: report.expected } : {}) };
    progress({ stage: `Pulling ${stream.title} from ${name}`, ...counts, rows: report.rows.received });
  };
  tell();
  const pages = stream.pull(connection, pull?.cursor ?? null, platform);
  for await (const { pages: some, cursor, received } of gather(pages, platform.now)) {
    // The network is waited for outside of the turn, and the turn is taken for what is stored only.
    const fates = await app.turns.take(
      `rows from ${name}`,
      async () => {
        // What came before another process pulled on may be older than what that stored.
        if (!isSamePlace(await placeOf(), pull)) throw pulledElsewhere(name);
        return storePages(await app.warehouse(), {
          source: name,
          format: `pulled from ${vendor}`,
          pages: some,
          at: app.now().toISOString(),
          suppression,
        });
      },
      platform.signal,
    );
    const stored = await pulls.store(
      name,
      stream.name,
      { cursor, received, at: app.now().toISOString() },
      pull,
    );
    if (!stored) throw pulledElsewhere(name);
    pull = stored;
    report = {
      ...report,
      received: report.received + received,
      leftOut: addLeftOut(
        report.leftOut,
        some.flatMap(({ leftOut }) => leftOut),
      ),
      rows: addFates(report.rows, fates),
      sinceBeginning: stored.received,
      expected: some.findLast(({ expected }) => expected !== undefined)?.expected ?? report.expected,
    };
    tell();
  }
  await pulls.complete(name, stream.name, app.now().toISOString());
  report = { ...report, complete: true };
  tell();
}

function isSamePlace(one: Pull | undefined, other: Pull | undefined): boolean {
  const text = (pull: Pull | undefined) => JSON.stringify([pull?.received ?? 0, pull?.cursor ?? null]);
  return text(one) === text(other);
}

function pulledElsewhere(name: string): OperatorError {
  return new OperatorError(
    `Another sync-in pulls from ${name} at this time.`,
    'Let it come to its end: `kindred connections` tells when it has.',
  );
}

function told(error: unknown): { message: string; next: string } {
  if (error instanceof KindredError) return { message: error.message, next: error.next };
  // The words of a defect may quote rows.
  return {
    message: 'It met a defect in Kindred.',
    next: 'The log tells more: please report it.',
  };
}

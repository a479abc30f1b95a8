import { join } from 'node:path';
import { activationOf } from '../activation/activation-of.ts';
import type { App } from '../app.ts';
import { needKey, opened, sealed } from '../connections/sealing.ts';
import { OperatorError } from '../errors.ts';
import { suppressionOf } from '../governance/suppression.ts';
import type { StandingErasure } from '../state/rights.ts';
import { forgetAtDestinations, type TellOf, whoWasTold } from './erase-elsewhere.ts';
import { eraseInFiles } from './erase-files.ts';
import { countRows, eraseRows } from './erase-rows.ts';
import { needlesOf } from './needles.ts';
import { findPerson, type Person, type PersonAsked } from './person.ts';

export interface EraseRequest extends PersonAsked {
  by: string;
  /** Asks the tools themselves to erase the person, beyond what Kindred put there. */
  wholly: boolean;
  /** Folders and files, beside those that Kindred knows it wrote. */
  files?: readonly string[];
}

/** What would go, or what went. */
export interface ErasureReport {
  /** Rows by table of the warehouse and the state. */
  rows: Record<string, number>;
  files: { rows: number; named: string[] };
  /** What each destination said; those that did not answer yet are pending. */
  told: Record<string, string>;
  pending: string[];
}

/** The whole of a wish, as it is kept sealed until it is carried out. */
interface SealedWish {
  person: Person;
  tell: TellOf[];
  wholly: boolean;
  files: string[];
}

/** What erasing somebody would remove, without doing it. */
export async function erasurePreview(app: App, request: EraseRequest): Promise<ErasureReport> {
  const warehouse = await app.warehouse();
  const person = await findPerson(warehouse, request);
  const tell = await whoWasTold(await app.state(), person, request.wholly);
  const files = await eraseInFiles(warehouse.reader, listsOf(app, request), needlesOf(person), false);
  return {
    rows: await countRows(warehouse, person),
    files,
    told: {},
    pending: tell.map(one => one.connection),
  };
}

/**
 * Forgets a person: in the warehouse, in the state, in the lists that Kindred wrote, and at the tools that it told of them. The
 * wish is written down sealed before anything is done, so that after a kill the next start goes on with it. Nothing of them
 * is stored again.
 *
 * @throws OperatorError where KINDRED_KEY is not set: without it nobody could be kept from coming back
 */
export async function erase(
  app: App,
  request: EraseRequest,
  signal = new AbortController().signal,
): Promise<ErasureReport> {
  const key = needKey(app.config.key, 'People who were erased are');
  const [warehouse, state] = [await app.warehouse(), await app.state()];
  const person = await app.turns.take(turn, () => findPerson(warehouse, request));
  const tell = await whoWasTold(state, person, request.wholly);
  const wish: SealedWish = {
    person,
    tell,
    wholly: request.wholly,
    files: listsOf(app, request),
  };
  const requestedAt = app.now().toISOString();
  const erasure = {
    requestedAt,
    requestedBy: request.by,
    person: sealed(key, 'erasures', requestedAt, JSON.stringify(wish)),
    pending: [...new Set(tell.map(({ connection }) => connection))],
    done: {},
  };
  const id = await state.erasures.open(erasure);
  return carryOut(app, { id, ...erasure }, wish, signal);
}

/** Goes on with what a kill broke off, and with destinations that have yet to forget somebody. */
export async function continueErasures(
  app: App,
  signal = new AbortController().signal,
): Promise<ErasureReport[]> {
  const state = await app.state();
  const standing = await state.erasures.standing();
  if (standing.length === 0) return [];
  const key = needKey(app.config.key, 'The people of erasures that are not done yet are');
  const reports: ErasureReport[] = [];
  for (const erasure of standing) {
    const found = opened(key, 'erasures', erasure.requestedAt, erasure.person);
    if (!('text' in found))
      throw new OperatorError(
        `An erasure of ${erasure.requestedAt.slice(0, 10)} cannot go on: it was sealed with ${found.problem === 'another key' ? 'another KINDRED_KEY' : 'a key, and is damaged'}.`,
        'Set the KINDRED_KEY of that time; if it is lost, erase the person once more.',
      );
    reports.push(await carryOut(app, erasure, JSON.parse(found.text) as SealedWish, signal));
  }
  return reports;
}

const turn = 'an erasure';

/** Takes its turn for the stores only: destinations may take long to answer. */
async function carryOut(
  app: App,
  erasure: StandingErasure,
  { person, tell, wholly, files }: SealedWish,
  signal: AbortSignal,
): Promise<ErasureReport> {
  const suppression = suppressionOf(app.config)!;
  const [warehouse, state] = [await app.warehouse(), await app.state()];
  const needles = needlesOf(person);
  const rows: Record<string, number> = {};
  const add = (counts: Record<string, number>) => {
    for (const [table, count] of Object.entries(counts))
      if (count > 0) rows[table] = (rows[table] ?? 0) + count;
  };
  const listed = await app.turns.take(turn, async () => {
    add(await warehouse.transaction(tx => eraseRows(tx, suppression, person, app.now())));
    return eraseInFiles(warehouse.reader, [...files, app.tempDir], needles);
  });
  const profileIds = [
    ...new Set([
      ...person.ids.map(({ source, id }) => `${source}/${id}`),
      ...(person.profileId ? [person.profileId] : []),
    ]),
  ];
  // What is told of them at this moment has to come back first: then they are taken out there once more.
  const onTheWay = await state.outbox.onTheWay(profileIds);
  // A batch that was claimed while the wish was written down may have brought them to a tool that it does not name.
  const since = (await whoWasTold(state, person, false)).filter(
    ({ connection }) => !tell.some(known => known.connection === connection),
  );
  const asked = [...tell.filter(({ connection }) => erasure.pending.includes(connection)), ...since];
  const { told, pending } = await forgetAtDestinations(activationOf(app), asked, person, wholly, signal);
  const waits = onTheWay ? asked.map(({ connection }) => connection) : pending;
  // By these rows the answer that is waited for is settled, and who has to be taken out there is known.
  if (!onTheWay) {
    add(await state.syncMembers.forget(profileIds));
    add(await state.erasures.redact(needles.words, needles.redacted));
  }
  const done = { ...erasure.done, ...rows, ...told };
  const at = app.now().toISOString();
  const first = Object.keys(erasure.done).length === 0;
  if (waits.length === 0 && !onTheWay) await state.erasures.finish(erasure.id, done, at);
  else await state.erasures.progress(erasure.id, { pending: waits, done: { started: at, ...done } });
  if (first || waits.length === 0)
    await state.audit.append({
      at,
      actor: erasure.requestedBy,
      action: waits.length === 0 ? 'person.erased' : 'person.erasing',
      subject: `erasure ${erasure.id}`,
      details: { rows, lists: listed.rows, told: Object.keys(told), pending: waits, wholly },
    });
  // Last, and again after a kill: what was deleted lies in the files of the stores until then.
  await app.turns.take(turn, async () => {
    await warehouse.compact();
    await state.erasures.compact();
  });
  return { rows, files: listed, told, pending: waits };
}

/** Where Kindred writes lists by itself, and what the asker names beside. */
function listsOf(app: App, { files = [] }: EraseRequest): string[] {
  return [...new Set([...files, join(app.config.dataDir, 'out')])].sort();
}

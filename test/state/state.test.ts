import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Decision } from '../../src/governance/decisions.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { makeTemplate, openPglite } from '../../src/state/pglite.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleChange } from './example-change.ts';
import { exampleModel } from './example-model.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe.each(places)('$place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  test('begins empty', async () => {
    expect(await state.models.current()).toBeUndefined();
    expect(await state.models.byId('m-1')).toBeUndefined();
    expect(await state.models.list()).toEqual([]);
    expect(await state.decisions.list()).toEqual([]);
    expect(await state.audit.list()).toEqual([]);
    expect(await state.refreshes.list()).toEqual([]);
    expect(await state.refreshes.latest()).toBeUndefined();
    expect(await state.proposals.list()).toEqual([]);
    expect(await state.jobs.list(10)).toEqual([]);
  });

  test('gives a model back as it was', async () => {
    const model = exampleModel();
    await state.apply(exampleChange(model));
    expect(await state.models.current()).toEqual(model);
    expect(await state.models.byId(model.id)).toEqual(model);
    expect(await state.models.list()).toEqual([
      {
        id: 'm-1',
        kind: 'clusters',
        fingerprint: 'f1',
        asOf: '2011-12-10',
        createdAt: '2026-01-02T03:04:05.678Z',
        status: 'current',
      },
    ]);
  });

  test('keeps a model with neither segments nor choice', async () => {
    const bare = exampleModel({ kind: 'rfm', segments: [], choice: null, centroids: [], map: [] });
    await state.apply(exampleChange(bare));
    expect(await state.models.current()).toEqual(bare);
  });

  test('has one current model: a new one supersedes it, the same one fitted again replaces it', async () => {
    const first = exampleModel();
    const second = exampleModel({ id: 'm-2', fingerprint: 'f2', createdAt: '2026-02-01T00:00:00.000Z' });
    const statuses = async () => (await state.models.list()).map(({ id, status }) => [id, status]);
    await state.apply(exampleChange(first));
    await state.apply(exampleChange(second));
    expect(await statuses()).toEqual([
      ['m-2', 'current'],
      ['m-1', 'superseded'],
    ]);
    expect(await state.models.byId('m-1')).toEqual(first);

    const again = exampleModel({ createdAt: '2026-03-01T00:00:00.000Z', segments: [first.segments[1]!] });
    await state.apply(exampleChange(again));
    expect(await statuses()).toEqual([
      ['m-1', 'current'],
      ['m-2', 'superseded'],
    ]);
    expect(await state.models.current()).toEqual(again);
  });

  test('refuses numbers that JSON cannot hold, says where they are, and keeps what was', async () => {
    await state.apply(exampleChange());
    const broken = exampleModel({ id: 'm-2', centroids: [[0, Number.NaN]] });
    await expect(state.apply(exampleChange(broken))).rejects.toThrow('change.model.centroids[0][1] is NaN');
    const infinite = exampleModel({ id: 'm-2' });
    infinite.segments[1]!.share = Number.POSITIVE_INFINITY;
    await expect(state.apply(exampleChange(infinite))).rejects.toThrow(
      'change.model.segments[1].share is Infinity',
    );
    expect(await state.models.current()).toEqual(exampleModel());
  });

  test('undoes the whole of a change that fails midway', async () => {
    await state.apply(exampleChange());
    const twin = exampleModel().segments[0]!;
    await expect(
      state.apply(exampleChange(exampleModel({ id: 'm-2', segments: [twin, twin] }))),
    ).rejects.toThrow();
    expect(await state.models.current()).toEqual(exampleModel());
    expect(await state.audit.list()).toHaveLength(1);
    expect(await state.refreshes.list()).toEqual([exampleChange().record]);
    await state.apply(exampleChange(exampleModel({ id: 'm-3' })));
    expect((await state.models.current())?.id).toBe('m-3');
  });

  test('tells an operator what the database refused, without the query', async () => {
    await state.apply(exampleChange());
    await database.db.execute('SET default_transaction_read_only = on');
    try {
      const refused = state.apply(exampleChange(exampleModel({ id: 'm-2' })));
      await expect(refused).rejects.toMatchObject({
        mender: 'operator',
        message: expect.stringMatching(
          /refused: cannot execute SELECT FOR UPDATE in a read-only transaction$/,
        ),
      });
    } finally {
      await database.db.execute('SET default_transaction_read_only = off');
    }
    expect((await state.models.current())?.id).toBe('m-1');
  });

  test('takes the text that PostgreSQL cannot store out of a model', async () => {
    const model = exampleModel();
    model.segments[0]!.persona.name = 'nul\0 and half \ud800 and whole 🛍️';
    model.segments[0]!.rule.text = 'also\0here';
    await state.apply(exampleChange(model));
    const kept = (await state.models.current())!.segments[0]!;
    expect(kept.persona.name).toBe('nul and half � and whole 🛍️');
    expect(kept.rule.text).toBe('alsohere');
  });

  test('records decisions in order, and who made them in the audit', async () => {
    const decision: Decision = {
      feature: 'f',
      effect: 'allow',
      lawfulBasis: 'consent',
      decidedBy: 'Ada',
      at: '2026-01-01T10:00:00.000Z',
      reason: 'law; \0 "fair"',
    };
    await state.decisions.record(decision);
    const block: Decision = { ...decision, feature: 'g', effect: 'block', lawfulBasis: null };
    await state.decisions.record({ ...block, at: '2025-01-01T10:00:00.000Z' });
    const reason = 'law;  "fair"';
    expect(await state.decisions.list()).toEqual([
      { ...decision, reason },
      { ...block, reason, at: '2025-01-01T10:00:00.000Z' },
    ]);
    const { at } = decision;
    const told = { reason, lawfulBasis: 'consent' };
    expect((await state.audit.list()).slice(0, 2)).toEqual([
      { at, actor: 'Ada', action: 'feature.allowed', subject: 'f', details: told },
      {
        at: '2025-01-01T10:00:00.000Z',
        actor: 'Ada',
        action: 'feature.blocked',
        subject: 'g',
        details: { reason, lawfulBasis: null },
      },
    ]);
  });

  test('appends to the audit', async () => {
    const entry = {
      at: '2026-01-01T10:00:00.123Z',
      actor: 'kindred',
      action: 'shop.imported',
      subject: 'orders.csv',
      details: { rows: 3, nested: { list: [1, null, 'x'] } },
    };
    await state.audit.append(entry);
    expect(await state.audit.list()).toEqual([entry]);
    await state.audit.append({ ...entry, action: 'mcp.tool' });
    await state.audit.append({ ...entry, action: 'audience.exported' });
    const actions = async (wanted?: string[]) => (await state.audit.list(wanted)).map(({ action }) => action);
    expect(await actions(['%.exported', entry.action])).toEqual([entry.action, 'audience.exported']);
    expect(await actions([])).toEqual([]);
  });
});

test('new states are copies of the template, which has no empty folder that a package would lose', async () => {
  const template = folder.file('template');
  await makeTemplate(template);
  expect(emptyFolders(template)).toEqual([]);
  const opened = async (name: string) => {
    const state = await stateOver(await openPglite(folder.file(name), template));
    expect(await state.models.list()).toEqual([]);
    await state.close();
    return state.owner;
  };
  const owners = [await opened('copied'), await opened('copied too')];
  expect(emptyFolders(folder.file('copied')).length).toBeGreaterThan(0);
  // Each installation is somebody of its own, and stays it.
  expect(owners[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(owners[1]).not.toBe(owners[0]);
  expect(await opened('copied')).toBe(owners[0]);
});

function emptyFolders(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter(name => {
    const inside = join(path, name);
    return statSync(inside).isDirectory() && readdirSync(inside).length === 0;
  });
}

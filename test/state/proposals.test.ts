import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/state/database.ts';
import { openState, type State, stateOver } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleChange } from './example-change.ts';
import { exampleModel } from './example-model.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

const proposed = (subject: string) => ({
  kind: 'promotion' as const,
  subject,
  summary: 'Two segments more; the half-broken "\ud800" one goes.',
  body: { adjustedRand: 1 / 3, fates: [{ key: 'zebra', fate: 'split' }] },
  createdAt: '2026-01-20T00:00:00.000Z',
  createdBy: 'kindred',
});
const decision = { at: '2026-01-21T10:00:00.000Z', by: 'Ada', reason: 'too fine; \0 "really"' };

describe.each(places)('$place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  const statuses = async () => (await state.models.list()).map(({ id, status }) => `${id} ${status}`).sort();
  const proposeModel = async (id: string) => {
    await state.models.propose(exampleModel({ id }));
    return state.proposals.open(proposed(id));
  };

  test('a candidate is kept as it is, beside the standing model', async () => {
    await state.apply(exampleChange());
    const candidate = exampleModel({ id: 'm-2', carrying: ['tenure'] });
    await state.models.propose(exampleModel({ id: 'm-2' }));
    await state.models.propose(candidate);
    expect(await state.models.byId('m-2')).toEqual(candidate);
    expect((await state.models.current())?.id).toBe('m-1');
    expect(await statuses()).toEqual(['m-1 current', 'm-2 candidate']);
  });

  test('the standing model cannot be made a candidate', async () => {
    await state.apply(exampleChange());
    await expect(state.models.propose(exampleModel({ carrying: [] }))).rejects.toThrow('it is no candidate');
    expect(await state.models.current()).toEqual(exampleModel());
  });

  test('a proposal is found by an id that can be said', async () => {
    const opened = await proposeModel('m-2');
    const expected = {
      ...proposed('m-2'),
      summary: 'Two segments more; the half-broken "�" one goes.',
      id: 'p-1',
      status: 'open',
      decidedAt: null,
      decidedBy: null,
      reason: null,
    };
    expect(opened).toEqual(expected);
    expect(await state.proposals.byId('p-1')).toEqual(expected);
    expect(await state.proposals.list()).toEqual([expected]);
    for (const id of ['p-2', 'p-', '1', 'p-1x', "p-1' OR 1", 'p-99999999999999999999', ''])
      expect(await state.proposals.byId(id)).toBeUndefined();
  });

  test('a newer proposal takes the place of an open one, whose candidate goes', async () => {
    await state.apply(exampleChange());
    await proposeModel('m-2');
    await proposeModel('m-3');
    expect((await state.proposals.list()).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'p-2 open',
      'p-1 superseded',
    ]);
    expect(await statuses()).toEqual(['m-1 current', 'm-3 candidate']);
    // Found again, the same candidate stays.
    await proposeModel('m-3');
    expect(await statuses()).toEqual(['m-1 current', 'm-3 candidate']);
    expect((await state.audit.list()).slice(1).map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'proposal.opened p-1',
      'proposal.superseded p-1',
      'proposal.opened p-2',
      'proposal.superseded p-2',
      'proposal.opened p-3',
    ]);
  });

  test('rejecting one closes it and its candidate, once', async () => {
    await proposeModel('m-2');
    expect(await state.proposals.reject('p-1', decision)).toBe(true);
    const rejected = {
      status: 'rejected',
      decidedAt: decision.at,
      decidedBy: 'Ada',
      reason: 'too fine;  "really"',
    };
    expect(await state.proposals.byId('p-1')).toMatchObject(rejected);
    expect(await statuses()).toEqual(['m-2 rejected']);
    expect((await state.audit.list()).at(-1)).toEqual({
      at: decision.at,
      actor: 'Ada',
      action: 'proposal.rejected',
      subject: 'p-1',
      details: { subject: 'm-2', reason: 'too fine;  "really"' },
    });

    const entries = (await state.audit.list()).length;
    expect(await state.proposals.reject('p-1', { ...decision, by: 'Bob' })).toBe(false);
    expect(await state.proposals.reject('p-7', decision)).toBe(false);
    expect(await state.proposals.reject('nonsense', decision)).toBe(false);
    expect(await state.proposals.byId('p-1')).toMatchObject(rejected);
    expect(await state.audit.list()).toHaveLength(entries);
  });

  test('rejecting never touches a model that stands by now', async () => {
    await proposeModel('m-2');
    await state.apply(exampleChange(exampleModel({ id: 'm-2' })));
    await state.proposals.reject('p-1', decision);
    expect(await statuses()).toEqual(['m-2 current']);
  });
});

test('of proposals that two processes open at once, one stays open', async () => {
  const url = await freshDatabase();
  const states = await Promise.all([1, 2].map(() => openState({ dataDir: folder.path, url })));
  await Promise.all(
    states.flatMap((state, i) => [
      state.proposals.open(proposed(`a-${i}`)),
      state.proposals.open(proposed(`b-${i}`)),
    ]),
  );
  const list = await states[0]!.proposals.list();
  expect(list.map(({ status }) => status)).toEqual(['open', 'superseded', 'superseded', 'superseded']);
  await Promise.all(states.map(state => state.close()));
});

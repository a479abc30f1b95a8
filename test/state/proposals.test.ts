import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { KeptWhatIf } from '../../src/segmentation/what-if/kept.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { openState, type State, stateOver } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleChange, exampleRecord } from './example-change.ts';
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
    expect(await state.proposals.statuses()).toEqual([
      { id: 'p-1', status: 'superseded' },
      { id: 'p-2', status: 'open' },
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

  test('of the kinds that promote a candidate one is open at a time; others take the place of their own subject', async () => {
    await state.apply(exampleChange());
    const other = (kind: 'weights' | 'persona' | 'feature' | 'sync', subject: string) =>
      state.proposals.open({ ...proposed(subject), kind });
    await proposeModel('m-2');
    await other('feature', 'evening_share');
    await other('feature', 'weekend_share');
    await other('sync', 'evening_share');
    await other('persona', 'zebra');
    await state.models.propose(exampleModel({ id: 'm-3' }));
    await other('weights', 'm-3');
    await other('feature', 'evening_share');
    expect((await state.proposals.list()).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'p-7 open',
      'p-6 open',
      'p-5 open',
      'p-4 open',
      'p-3 open',
      'p-2 superseded',
      'p-1 superseded',
    ]);
    expect(await statuses()).toEqual(['m-1 current', 'm-3 candidate']);
    // Another model comes to stand: what was beside the one before, and texts for it, are of the past.
    await state.apply(exampleChange(exampleModel({ id: 'm-4' })));
    expect((await state.proposals.list()).map(({ id, status }) => `${id} ${status}`)).toEqual([
      'p-7 open',
      'p-6 superseded',
      'p-5 superseded',
      'p-4 open',
      'p-3 open',
      'p-2 superseded',
      'p-1 superseded',
    ]);
    expect(await statuses()).toEqual(['m-1 superseded', 'm-4 current']);
  });

  test('approving does what is proposed in one step with the decision, once', async () => {
    await state.apply(exampleChange());
    const model = exampleModel();
    const { key, persona } = model.segments[0]!;
    const texts = { ...persona, name: 'Weekenders \ud800', author: 'model' as const };
    await state.proposals.open({ ...proposed(key), kind: 'persona' });
    const effect = { kind: 'persona' as const, modelId: model.id, personas: [{ key, persona: texts }] };
    const twice = await Promise.all(
      ['Ada', 'Bob'].map(by => state.proposals.approve('p-1', { ...decision, by }, effect)),
    );
    expect(twice.toSorted()).toEqual([false, true]);
    const current = await state.models.current();
    expect(current!.segments[0]!.persona).toEqual({ ...texts, name: 'Weekenders \ufffd' });
    expect({ ...current, segments: current!.segments.slice(1) }).toEqual({
      ...model,
      segments: model.segments.slice(1),
    });
    const { decidedBy } = (await state.proposals.byId('p-1'))!;
    expect((await state.audit.list()).slice(-2).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      `${decidedBy} proposal.approved`,
      `${decidedBy} personas.changed`,
    ]);

    await state.proposals.open({ ...proposed('evening_share'), kind: 'feature' });
    const allowed = {
      feature: 'evening_share',
      effect: 'allow',
      lawfulBasis: 'consent',
      decidedBy: 'Ada',
      at: decision.at,
      reason: 'asked for',
    } as const;
    expect(await state.proposals.approve('p-2', decision, { kind: 'feature', decision: allowed })).toBe(true);
    expect(await state.decisions.list()).toEqual([allowed]);
    expect(await state.proposals.reject('p-2', decision)).toBe(false);
  });

  test('what cannot be carried out is not approved', async () => {
    await state.apply(exampleChange());
    const { persona } = exampleModel().segments[0]!;
    await state.proposals.open({ ...proposed('nobody'), kind: 'persona' });
    const before = await state.audit.list();
    const effect = { kind: 'persona' as const, modelId: 'm-1', personas: [{ key: 'nobody', persona }] };
    await expect(state.proposals.approve('p-1', decision, effect)).rejects.toThrow('no segment "nobody"');
    expect(await state.proposals.byId('p-1')).toMatchObject({ status: 'open', decidedBy: null });
    expect(await state.audit.list()).toEqual(before);
  });

  test('answers of what-ifs are found by what was asked, until the segments change; those proposed stay', async () => {
    await state.apply(exampleChange());
    const answer = (key: string) =>
      ({
        key,
        mark: 'rows',
        comparison: { asOf: '2011-12-17' },
        warnings: ['thin'],
      }) as unknown as KeptWhatIf;
    const ask = (n: number) =>
      state.models.propose(
        exampleModel({ id: `m-w${n}`, createdAt: `2026-01-0${n}T00:00:00.000Z` }),
        answer(`q${n}`),
      );
    await ask(1);
    await state.proposals.open({ ...proposed('m-w1'), kind: 'weights' });
    for (const n of [2, 3, 4, 5, 6, 7]) await ask(n);
    expect(await statuses()).toEqual(['m-1 current', ...[1, 3, 4, 5, 6, 7].map(n => `m-w${n} candidate`)]);
    const found = await state.models.whatIf('q4');
    expect(found).toEqual({
      model: exampleModel({ id: 'm-w4', createdAt: '2026-01-04T00:00:00.000Z' }),
      whatIf: answer('q4'),
    });
    expect(await state.models.whatIf('q2')).toBeUndefined();
    expect(await state.models.whatIf("q4' OR 1=1")).toBeUndefined();

    const refreshed = exampleModel({ describedAsOf: '2011-12-17' });
    await state.apply({ ...exampleChange(refreshed), record: exampleRecord() });
    expect(await statuses()).toEqual(['m-1 current', 'm-w1 candidate']);
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

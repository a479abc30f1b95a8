import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Change } from '../../src/segmentation/refresh/change.ts';
import type { RefreshRecord } from '../../src/segmentation/refresh/record.ts';
import type { OpenDatabase } from '../../src/state/database.ts';
import { openState, type State, stateOver } from '../../src/state/state.ts';
import { freshDatabase } from '../support/fresh-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleChange, exampleRecord } from './example-change.ts';
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

  const history = async () => (await state.refreshes.list()).map(({ kind, asOf }) => `${kind} ${asOf}`);
  const statuses = async () => (await state.models.list()).map(({ id, status }) => `${id} ${status}`).sort();
  const audit = async () => (await state.audit.list()).map(({ action, subject }) => `${action} ${subject}`);

  test('a refresh joins the history and restates the standing model', async () => {
    await state.apply(exampleChange());
    const refreshed = exampleModel({ describedAsOf: '2011-12-17', centroids: [[5], [6]] });
    const change = { ...exampleChange(refreshed), record: exampleRecord() };
    await state.apply(change);
    expect(await state.refreshes.list()).toEqual([exampleChange().record, change.record]);
    expect(await state.refreshes.latest()).toEqual(change.record);
    expect(await state.models.current()).toEqual(refreshed);
    expect(await statuses()).toEqual(['m-1 current']);
    expect(await state.audit.list()).toEqual([
      {
        at: '2026-01-02T03:04:05.678Z',
        actor: 'kindred',
        action: 'model.fitted',
        subject: 'm-1',
        details: { asOf: '2011-12-10', fingerprint: 'r-m-1', supersedes: null },
      },
      {
        at: '2026-01-09T03:04:05.678Z',
        actor: 'kindred',
        action: 'model.refreshed',
        subject: 'm-1',
        details: { asOf: '2011-12-17', fingerprint: 'r1', supersedes: null },
      },
    ]);
  });

  test.each([
    ['the newest', 1],
    ['one that another followed', 2],
  ])('a change that is handed over twice changes nothing: %s', async (_, followers) => {
    const model = exampleModel();
    const change = dated(model, 'refresh', '2011-12-17');
    await state.apply(exampleChange(model));
    await state.apply(change);
    if (followers === 2)
      await state.apply(dated(exampleModel({ centroids: [[7]] }), 'refresh', '2011-12-24'));
    const before = [await state.refreshes.list(), await state.models.current(), await audit()];
    await state.apply(change);
    expect([await state.refreshes.list(), await state.models.current(), await audit()]).toEqual(before);
  });

  test('the newest record computed again keeps its place, and the model is told as it is now', async () => {
    await state.apply(exampleChange());
    await state.apply(dated(exampleModel(), 'refresh', '2011-12-17'));
    const records = await state.refreshes.list();
    const again = dated(exampleModel({ carrying: ['tenure'] }), 'refresh', '2011-12-17', {
      createdAt: '2026-06-01T00:00:00.000Z',
    });
    await state.apply(again);
    expect(await state.refreshes.list()).toEqual(records);
    expect((await state.models.current())?.carrying).toEqual(['tenure']);
    expect(await audit()).toEqual(['model.fitted m-1', 'model.refreshed m-1']);
  });

  test('the newest record computed again tells what is found now', async () => {
    await state.apply(exampleChange());
    await state.apply(dated(exampleModel(), 'refresh', '2011-12-17'));
    const [fit, record] = await state.refreshes.list();
    await state.apply(
      dated(exampleModel(), 'refresh', '2011-12-17', { createdAt: '2026-06-01T00:00:00.000Z', findings: [] }),
    );
    expect(record!.findings).not.toEqual([]);
    expect(await state.refreshes.list()).toEqual([fit, { ...record, findings: [] }]);
  });

  test('a fit made anew at its date takes the place of all that followed, even where it finds the same', async () => {
    const fit = exampleChange();
    await state.apply(fit);
    await state.apply(dated(exampleModel(), 'refresh', '2011-12-17'));
    await state.apply({ ...fit, record: { ...fit.record, createdAt: '2026-06-01T00:00:00.000Z' } });
    expect(await history()).toEqual(['fit 2011-12-10']);
    expect((await state.refreshes.latest())?.createdAt).toBe('2026-06-01T00:00:00.000Z');
  });

  test('a record takes the place of those of its date and later', async () => {
    const model = exampleModel();
    await state.apply(exampleChange(model));
    for (const asOf of ['2011-12-17', '2011-12-24', '2011-12-31'])
      await state.apply(dated(model, 'refresh', asOf));
    await state.apply(dated(model, 'refresh', '2011-12-24', { fingerprint: 'other' }));
    expect(await history()).toEqual(['fit 2011-12-10', 'refresh 2011-12-17', 'refresh 2011-12-24']);
    expect((await state.refreshes.latest())?.fingerprint).toBe('other');
  });

  test('a promotion and a rollback follow the refresh of their date and take the place of one another', async () => {
    const first = exampleModel();
    const second = exampleModel({ id: 'm-2' });
    await state.apply(exampleChange(first));
    for (const asOf of ['2011-12-17', '2011-12-24']) await state.apply(dated(first, 'refresh', asOf));
    await state.models.propose(second);
    await state.apply(dated(second, 'promotion', '2011-12-17'));
    expect(await history()).toEqual(['fit 2011-12-10', 'refresh 2011-12-17', 'promotion 2011-12-17']);
    expect(await statuses()).toEqual(['m-1 superseded', 'm-2 current']);
    expect((await state.refreshes.latest())?.kind).toBe('promotion');

    await state.apply({ ...dated(first, 'rollback', '2011-12-17'), actor: 'Ada', reason: 'too fine' });
    expect(await history()).toEqual(['fit 2011-12-10', 'refresh 2011-12-17', 'rollback 2011-12-17']);
    expect(await statuses()).toEqual(['m-1 current', 'm-2 superseded']);
    expect((await audit()).slice(-2)).toEqual(['model.promoted m-2', 'model.rolled-back m-1']);
    expect((await state.audit.list()).at(-1)).toMatchObject({
      actor: 'Ada',
      details: { supersedes: 'm-2', reason: 'too fine' },
    });
  });

  test('a promotion approves its proposal, in the name of who decided', async () => {
    await state.apply(exampleChange());
    const candidate = exampleModel({ id: 'm-2' });
    await state.models.propose(candidate);
    const { id } = await state.proposals.open(proposed('m-2'));
    const change = dated(candidate, 'promotion', '2011-12-17');
    await state.apply({ ...change, actor: 'Ada', proposal: { id, reason: 'finer; \0 surer' } });
    expect(await state.proposals.byId(id)).toMatchObject({
      status: 'approved',
      decidedBy: 'Ada',
      decidedAt: change.record.createdAt,
      reason: 'finer;  surer',
    });
    expect((await audit()).slice(-2)).toEqual([`proposal.approved ${id}`, 'model.promoted m-2']);
    expect(await statuses()).toEqual(['m-1 superseded', 'm-2 current']);
  });

  test('what was proposed against a model goes with it, and stays while it stands', async () => {
    await state.apply(exampleChange());
    await state.models.propose(exampleModel({ id: 'm-2' }));
    const { id } = await state.proposals.open(proposed('m-2'));
    await state.apply(dated(exampleModel(), 'refresh', '2011-12-17'));
    expect((await state.proposals.byId(id))?.status).toBe('open');
    await state.apply(exampleChange(exampleModel({ id: 'm-3', asOf: '2011-12-24' })));
    expect((await state.proposals.byId(id))?.status).toBe('superseded');
    expect(await statuses()).toEqual(['m-1 superseded', 'm-3 current']);
  });

  test('a change with a number that JSON cannot hold is refused, and nothing of it is kept', async () => {
    await state.apply(exampleChange());
    const broken = dated(exampleModel({ id: 'm-2' }), 'refresh', '2011-12-17', { customers: Number.NaN });
    await expect(state.apply(broken)).rejects.toThrow('change.record.customers is NaN');
    expect(await history()).toEqual(['fit 2011-12-10']);
    expect(await statuses()).toEqual(['m-1 current']);
  });
});

test('changes that two processes hand over at once to one server are taken one after the other', async () => {
  const url = await freshDatabase();
  const states = await Promise.all([1, 2].map(() => openState({ dataDir: folder.path, url })));
  await states[0]!.apply(exampleChange());
  const change = dated(exampleModel(), 'refresh', '2011-12-17');
  await Promise.all(states.flatMap(state => [state.apply(change), state.apply(change)]));
  expect(await states[1]!.refreshes.list()).toHaveLength(2);
  expect(await states[1]!.audit.list()).toHaveLength(2);
  await Promise.all(states.map(state => state.close()));
});

function dated(
  model: Change['model'],
  kind: RefreshRecord['kind'],
  asOf: string,
  record: Partial<RefreshRecord> = {},
): Change {
  const createdAt = `2026-02-01T00:00:00.${asOf.slice(-2)}0Z`;
  const fingerprint = `r-${model.id}-${kind}-${asOf}`;
  return exampleChange(model, { kind, asOf, createdAt, fingerprint, previous: '2011-12-10', ...record });
}

function proposed(subject: string) {
  return {
    kind: 'promotion' as const,
    subject,
    summary: 'Two segments more.',
    body: { adjustedRand: 0.8 },
    createdAt: '2026-01-20T00:00:00.000Z',
    createdBy: 'kindred',
  };
}

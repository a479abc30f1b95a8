import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { OpenDatabase } from '../../src/state/database.ts';
import { type State, stateOver } from '../../src/state/state.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { exampleChange, exampleRecord } from './example-change.ts';
import { empty, places } from './places.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());

describe.each(places)('the history in $place', ({ open }) => {
  let database: OpenDatabase;
  let state: State;
  beforeAll(async () => {
    database = await open(folder.path);
    state = await stateOver(database);
  });
  afterEach(() => empty(database));
  afterAll(async () => state?.close());

  test('is empty at first', async () => {
    expect(await state.refreshes.latest()).toBeUndefined();
    expect(await state.refreshes.recent(3)).toEqual([]);
    expect(await state.refreshes.dates()).toEqual([]);
  });

  test('gives its last records, and what happened when, oldest first', async () => {
    const dates = ['2012-01-07', '2012-01-14', '2012-01-21'];
    await state.apply(exampleChange());
    for (const asOf of dates)
      await state.apply({ ...exampleChange(), record: exampleRecord({ asOf, fingerprint: asOf }) });
    const all = await state.refreshes.list();
    expect(all.map(({ asOf }) => asOf).slice(-3)).toEqual(dates);
    expect(await state.refreshes.recent(2)).toEqual(all.slice(-2));
    expect(await state.refreshes.recent(99)).toEqual(all);
    expect(await state.refreshes.latest()).toEqual(all.at(-1));
    expect(await state.refreshes.dates()).toEqual(
      all.map(({ asOf, kind, modelId }) => ({ asOf, kind, modelId })),
    );
  });
});

import { expect, test } from 'vitest';
import { pending } from '../../../src/segmentation/refresh/outbox.ts';
import { changeHistory } from '../../../src/segmentation/refresh/settle.ts';
import type { State } from '../../../src/state/state.ts';
import { openDuckDb } from '../../../src/warehouse/duckdb.ts';
import { exampleChange } from '../../state/example-change.ts';
import { exampleModel } from '../../state/example-model.ts';

test('a change that the state could not keep undoes the transaction that it tells of', async () => {
  const warehouse = await openDuckDb({ file: ':memory:' });
  const applied: unknown[] = [];
  const state = {
    owner: 'o',
    refreshes: { list: async () => [] },
    apply: async (change: unknown) => applied.push(change),
  } as unknown as State;
  const kept = async () =>
    (await warehouse.query<{ name: string }>('SELECT name FROM feature_tables')).map(({ name }) => name);
  const write = (name: string, centroids: number[][]) =>
    changeHistory({ warehouse, state }, async tx => {
      await tx.execute('INSERT INTO feature_tables (name) VALUES ($1)', [name]);
      return exampleChange(exampleModel({ centroids }));
    });
  await expect(write('broken', [[Number.NaN], [1]])).rejects.toThrow('change.model.centroids[0][0] is NaN');
  expect(await kept()).toEqual([]);
  expect(await pending(warehouse, 'o')).toEqual([]);
  await write('whole', [[0], [1]]);
  expect(await kept()).toEqual(['whole']);
  expect(applied).toEqual([exampleChange(exampleModel({ centroids: [[0], [1]] }))]);
  await warehouse.close();
});

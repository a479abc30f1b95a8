import { afterEach, describe, expect, it } from 'vitest';
import { chooseK } from '../../src/clustering/choose-k.ts';
import { fitKMeans } from '../../src/clustering/kmeans.ts';
import { matrixOf, rowsOf } from '../../src/clustering/matrix.ts';
import { createPool, type Pool } from '../../src/clustering/pool.ts';
import { mixture } from './made-rows.ts';

const open: Pool[] = [];
const poolOf = (threads: number, worker?: URL) => {
  const pool = createPool(threads, worker);
  open.push(pool);
  return pool;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map(pool => pool.close()));
});

describe('createPool', () => {
  const { matrix } = mixture({ rows: 900, cols: 4, groups: 3, spread: 3, seed: 1 });

  it('gives the same fit with no pool, one thread and three', async () => {
    const fits = await Promise.all([
      fitKMeans(matrix, { k: 5, seed: 1 }),
      fitKMeans(matrix, { k: 5, seed: 1 }, poolOf(1)),
      fitKMeans(matrix, { k: 5, seed: 1 }, poolOf(3)),
    ]);
    for (const fit of fits) {
      expect(rowsOf(fit.centroids)).toEqual(rowsOf(fits[0]!.centroids));
      expect(fit.labels).toEqual(fits[0]!.labels);
      expect(fit.inertia).toBe(fits[0]!.inertia);
    }
  });

  it('gives the same choice of k with no pool and with three threads', async () => {
    const options = { min: 2, max: 5, seed: 1 };
    expect(await chooseK(matrix, options, poolOf(3))).toEqual(await chooseK(matrix, options));
  });

  it('passes on what a task throws, and goes on working', async () => {
    const pool = poolOf(1);
    const rows = matrixOf([[1], [1]]);
    await expect(pool.run('settle', { matrix: rows, initial: matrixOf([[1], [2]]) })).rejects.toThrow(
      /different rows/,
    );
    expect((await pool.run('settle', { matrix: rows, initial: matrixOf([[5]]) })).inertia).toBe(0);
  });

  it.each([
    [
      'ends',
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));",
    ],
    [
      'fails',
      "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('gone') });",
    ],
    ['cannot start', 'this is not a program'],
  ])('turns a thread that %s into errors, never a wait without end', async (_how, code) => {
    const pool = poolOf(1, new URL(`data:text/javascript,${encodeURIComponent(code)}`));
    const runs = [1, 2, 3].map(start => pool.run('start', { matrix, k: 3, seed: 1, start }));
    for (const result of await Promise.allSettled(runs)) expect(result.status).toBe('rejected');
  });

  it('rejects what is waiting when it is closed, and everything after', async () => {
    const pool = poolOf(1);
    const runs = [1, 2, 3].map(start => pool.run('start', { matrix, k: 3, seed: 1, start }));
    const settled = Promise.allSettled(runs);
    await pool.close();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
    await expect(pool.run('start', { matrix, k: 3, seed: 1, start: 1 })).rejects.toThrow(/closed/);
  });

  it('cannot be made of no threads', () => {
    expect(() => createPool(0)).toThrow(/from 1/);
  });
});

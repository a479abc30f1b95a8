import { describe, expect, it } from 'vitest';
import { matrixOf } from '../../src/clustering/matrix.ts';
import { createPool } from '../../src/clustering/pool.ts';
describe('pool', () => { it('runs', async () => { const pool = createPool(2); const r = await pool.run('settle', { matrix: matrixOf([[0],[1],[10],[11]]), initial: matrixOf([[0],[10]]) }); expect(r.inertia).toBe(1); await pool.close(); }); });

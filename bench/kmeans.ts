/**
 * k-means alone, beside scikit-learn's on the same rows: wall time and inertia.
 *
 *   npx tsx bench/kmeans.ts [--rows 100000] [--cols 30] [--k 8] [--starts 10] [--threads N] [--json]
 *
 * The rows are an overlapping mixture of more groups than are asked for, so that starts matter.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { fitKMeans } from '../src/clustering/kmeans.ts';
import { createMatrix, type Matrix } from '../src/clustering/matrix.ts';
import { createPool } from '../src/clustering/pool.ts';
import { createRandom } from '../src/clustering/random.ts';
import { findPython } from './contenders.ts';

const run = promisify(execFile);

interface Timed {
  seconds: number;
  inertia: number;
}

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    cols: { type: 'string', default: '30' },
    k: { type: 'string', default: '8' },
    starts: { type: 'string', default: '10' },
    threads: { type: 'string', default: String(availableParallelism()) },
    json: { type: 'boolean', default: false },
  },
});
const [rows, cols, k, starts, threads] = [
  options.rows,
  options.cols,
  options.k,
  options.starts,
  options.threads,
].map(Number) as [number, number, number, number, number];

const matrix = mixture(rows, cols, 20);
const ours = await timeOurs(matrix);
const sklearn = await timeSklearn(matrix);
const result = {
  rows,
  cols,
  k,
  starts,
  threads,
  ours,
  sklearn,
  timeRatio: sklearn && ours.seconds / sklearn.seconds,
  inertiaRatio: sklearn && ours.inertia / sklearn.inertia,
};
if (options.json) console.log(JSON.stringify(result));
else report(result);

/** Spherical groups whose centres lie about as far apart as the groups are wide. */
function mixture(n: number, d: number, groups: number): Matrix {
  const random = createRandom(5);
  const centres = Array.from({ length: groups }, () =>
    Array.from({ length: d }, () => 0.5 * random.normal()),
  );
  const made = createMatrix(n, d);
  for (let i = 0; i < n; i++) {
    const centre = centres[random.integer(groups)]!;
    for (let j = 0; j < d; j++) made.data[i * d + j] = centre[j]! + random.normal();
  }
  return made;
}

async function timeOurs(data: Matrix): Promise<Timed> {
  const pool = createPool(threads);
  try {
    const start = performance.now();
    const { inertia } = await fitKMeans(data, { k, starts, seed: 1 }, pool);
    return { seconds: (performance.now() - start) / 1000, inertia };
  } finally {
    await pool.close();
  }
}

/** null where there is no Python with scikit-learn. */
async function timeSklearn(data: Matrix): Promise<Timed | null> {
  const python = findPython();
  if (!python) return null;
  const folder = await mkdtemp(join(tmpdir(), 'kindred-bench-'));
  try {
    const file = join(folder, 'rows.bin');
    await writeFile(file, new Uint8Array(data.data.buffer));
    const script = `
import json, time, numpy as np
from sklearn.cluster import KMeans
x = np.fromfile(${JSON.stringify(file)}).reshape(${data.rows}, ${data.cols})
start = time.perf_counter()
fit = KMeans(n_clusters=${k}, n_init=${starts}, random_state=0).fit(x)
print(json.dumps({"seconds": time.perf_counter() - start, "inertia": fit.inertia_}))`;
    const { stdout } = await run(python, ['-W', 'ignore', '-c', script], {
      env: { ...process.env, OMP_NUM_THREADS: String(threads) },
    });
    return JSON.parse(stdout) as Timed;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function report({ timeRatio, inertiaRatio }: typeof result) {
  console.log(`k-means, ${rows} x ${cols}, k ${k}, ${starts} starts, ${threads} threads`);
  console.log(`kindred       ${ours.seconds.toFixed(2)} s   inertia ${ours.inertia.toFixed(1)}`);
  if (!sklearn) {
    console.log('scikit-learn  not found (needs python3 with pandas and scikit-learn)');
    return;
  }
  console.log(`scikit-learn  ${sklearn.seconds.toFixed(2)} s   inertia ${sklearn.inertia.toFixed(1)}`);
  console.log(`ratio         time ${timeRatio!.toFixed(2)}   inertia ${inertiaRatio!.toFixed(6)}`);
}

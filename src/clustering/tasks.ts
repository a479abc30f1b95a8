import { type Copula, drawReference } from './copula.ts';
import type { Matrix } from './matrix.ts';
import { recombine } from './recombine.ts';
import { settle } from './settle.ts';
import { type Fitted, type Subsample, subsampleJaccard } from './stability.ts';
import { tryStart } from './start.ts';

/**
 * The independent pieces of work that a pool runs. Each is a pure function of its input, which is what makes
 * the number of threads invisible in a result. Inputs and outputs are plain data; matrices travel as shared memory.
 */
export const tasks = {
  start: (input: { matrix: Matrix; k: number; seed: number; start: number }) =>
    tryStart(input.matrix, input.k, input.seed, input.start),
  settle: (input: { matrix: Matrix; initial: Matrix }) => settle(input.matrix, input.initial),
  recombine: (input: { matrix: Matrix; one: Matrix; other: Matrix; seed: number; child: number }) =>
    recombine(input.matrix, input.one, input.other, input.seed, input.child),
  reference: (input: { copula: Copula; rows: number; seed: number; index: number }) =>
    drawReference(input.copula, input.rows, input.seed, input.index),
  stability: (input: Fitted & Subsample) => subsampleJaccard(input, input),
};

export type TaskName = keyof typeof tasks;
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0];
export type TaskOutput<Name extends TaskName> = ReturnType<(typeof tasks)[Name]>;

export function runTask<Name extends TaskName>(name: Name, input: TaskInput<Name>): TaskOutput<Name> {
  const task = tasks[name] as (input: TaskInput<Name>) => TaskOutput<Name>;
  return task(input);
}

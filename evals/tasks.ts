import { answers } from './answers/answers.ts';
import { digest } from './digest/digest.ts';
import { drift } from './drift/drift.ts';
import { naming } from './naming/naming.ts';
import type { EvalTask } from './task.ts';
import { weights } from './weights/weights.ts';

/** Every task that is measured. */
export const evalTasks: readonly EvalTask[] = [naming, answers, weights, drift, digest];

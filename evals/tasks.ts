import { answers } from './answers/answers.ts';
import { naming } from './naming/naming.ts';
import type { EvalTask } from './task.ts';

/** Every task that is measured. */
export const evalTasks: readonly EvalTask[] = [naming, answers];

import type { ModelAccess } from '../src/agent/model/access.ts';
import { readRecordings, writeRecording } from './recorded.ts';
import type { EvalReport } from './report.ts';
import { type CaseFilter, type EvalTask, isGood, type RunReport } from './task.ts';

export interface EvalOptions {
  tasks: readonly EvalTask[];
  /** null: no key, so what was recorded is replayed. */
  access: ModelAccess | null;
  wanted: CaseFilter;
  now: Date;
  /** Where recordings are read and kept. */
  recorded?: string;
}

/** Scores the deterministic texts and all recordings, after asking the model anew where there is one. */
export async function runEvals({ tasks, access, wanted, now, recorded }: EvalOptions): Promise<EvalReport> {
  const runs: RunReport[] = [];
  for (const task of tasks) {
    runs.push(await task.baseline(wanted));
    const live = access ? await task.record(access, wanted, now) : null;
    if (live && live.cases.length > 0) {
      await writeRecording(live, recorded);
      runs.push({ ...(await task.replay(live, wanted)), origin: 'live' });
    }
    for (const recording of await readRecordings(task.id, recorded)) {
      if (recording.model === live?.model && recording.prompt === live.prompt) continue;
      runs.push(await task.replay(recording, wanted));
    }
  }
  const notRun = access
    ? []
    : ['the live part, as no key is set (ANTHROPIC_API_KEY); recorded runs were replayed.'];
  return { at: now.toISOString(), runs: runs.filter(({ cases }) => cases.length > 0), notRun };
}

/** Exit code: 0; 1 where no case was run or a run with a model falls short. */
export function codeOf({ runs }: EvalReport): number {
  const written = runs.filter(({ author }) => author !== 'deterministic');
  if (runs.length === 0 || written.length === 0) return 1;
  return written.every(isGood) ? 0 : 1;
}

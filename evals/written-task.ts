import type { z } from 'zod';
import type { ModelAccess } from '../src/agent/model/access.ts';
import { readPrompt } from '../src/agent/prompts.ts';
import type { CaseFilter, EvalTask, MetricScore, RunReport } from './task.ts';

interface WrittenTask<Written> {
  id: string;
  /** Id of its prompt. */
  prompt: string;
  /** As it stands in a record. */
  written: z.ZodType<Written>;
  /** Has every wanted case written: by the model, or by the deterministic code where `access` is null. */
  write(wanted: CaseFilter, access: ModelAccess | null, at: Date): Promise<Written[]>;
  metrics(all: readonly Written[]): MetricScore[];
}

/** A task in which something is written for each case, and scored by what stands in it. */
export function writtenTask<Written extends { id: string }>({
  id: task,
  prompt: promptId,
  written,
  write,
  metrics,
}: WrittenTask<Written>): EvalTask {
  type Told = Pick<RunReport, 'prompt' | 'model' | 'author' | 'origin'>;
  const reportOf = (told: Told, all: readonly Written[]): RunReport => ({
    task,
    ...told,
    cases: all.map(({ id }) => id),
    metrics: metrics(all),
  });
  return {
    id: task,

    async baseline(wanted) {
      return reportOf(
        { prompt: null, model: 'deterministic', author: 'deterministic', origin: 'computed' },
        await write(wanted, null, new Date(0)),
      );
    },

    async replay({ prompt, model, author, recordedAt, cases }, wanted) {
      const kept = cases.filter(({ id }) => wanted(id)).map(raw => written.parse(raw));
      return reportOf({ prompt, model, author, origin: { recordedAt } }, kept);
    },

    async record(access, wanted, at) {
      const { id, version } = await readPrompt(promptId);
      return {
        task,
        prompt: `${id}-${version}`,
        model: access.id,
        author: 'model',
        recordedAt: at.toISOString().slice(0, 10),
        cases: await write(wanted, access, at),
      };
    },
  };
}

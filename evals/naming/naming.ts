import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import { readPrompt } from '../../src/agent/prompts.ts';
import { askFor } from '../../src/agent/structured.ts';
import { personaDraft, personaDrafts } from '../../src/agent/tasks/naming/draft.ts';
import { tidied } from '../../src/agent/tasks/naming/personas.ts';
import { refusalsOf } from '../../src/agent/tasks/naming/refusals.ts';
import { tellSheets } from '../../src/agent/tasks/naming/tell-sheets.ts';
import { UpstreamError } from '../../src/errors.ts';
import { openState } from '../../src/state/state.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import { judge, type Verdict } from '../judge.ts';
import type { EvalTask, RunReport } from '../task.ts';
import { described, deterministicDrafts, type NamingCase, namingCases } from './cases.ts';
import { namingMetrics, type Written } from './metrics.ts';
import { intrusionQuestions, matchingQuestions } from './questions.ts';

const verdicts = z.array(z.object({ id: z.string(), right: z.number(), said: z.number().nullable() }));
const recordedCase = z.object({
  id: z.string(),
  personas: z.array(personaDraft),
  judged: z.object({ matching: verdicts, intrusion: verdicts }).nullable(),
});

/** Names and texts for all segments of a shop at once. */
export const naming: EvalTask = {
  id: 'naming',

  async baseline(wanted) {
    const cases = await namingCases(wanted);
    const written = cases.map(one => ({
      id: one.id,
      personas: deterministicDrafts(one),
      missing: [],
      judged: null,
    }));
    return reportOf(
      { prompt: null, model: 'deterministic', author: 'deterministic', origin: 'computed' },
      written,
    );
  },

  async replay({ prompt, model, author, recordedAt, cases: recorded }, wanted) {
    const cases = await namingCases(wanted);
    const written = recorded
      .filter(({ id }) => wanted(id))
      .map(raw => {
        const { id, personas: drafts, judged } = recordedCase.parse(raw);
        const one = cases.find(candidate => candidate.id === id);
        if (!one) throw new Error(`The record of ${model} holds the case ${id}, which is no more.`);
        const personas = described(drafts, one);
        const missing = one.sheets.filter(({ key }) => !drafts.some(draft => draft.key === key));
        return { id, personas, missing: missing.map(({ key }) => key), judged };
      });
    return reportOf({ prompt, model, author, origin: { recordedAt } }, written);
  },

  async record(access, wanted, at) {
    const prompt = await readPrompt('naming');
    const cases = await namingCases(wanted);
    const written: z.infer<typeof recordedCase>[] = [];
    const folder = await mkdtemp(join(tmpdir(), 'kindred-eval-'));
    // One for the whole run, so that the cap of a day holds for it.
    const state = await openState({ dataDir: folder, url: undefined });
    try {
      const context = { state, now: () => at, actor: 'eval' };
      for (const one of cases) written.push(await ask(one, access, context));
    } finally {
      await state.close();
      await rm(folder, { recursive: true, force: true });
    }
    return {
      task: 'naming',
      prompt: `${prompt.id}-${prompt.version}`,
      model: access.id,
      author: 'model',
      recordedAt: at.toISOString().slice(0, 10),
      cases: written,
    };
  },
};

type Told = Pick<RunReport, 'prompt' | 'model' | 'author' | 'origin'>;

function reportOf(told: Told, written: readonly Written[]): RunReport {
  return { task: 'naming', ...told, cases: written.map(({ id }) => id), metrics: namingMetrics(written) };
}

/** As `kindred name` asks: what is refused goes back with the reasons. What is scored is what was said last. */
async function ask(
  one: NamingCase,
  access: ModelAccess,
  context: EvalContext,
): Promise<z.infer<typeof recordedCase>> {
  const { model, sheets } = one;
  const asked = await askFor({
    context: { ...context, signal: undefined },
    access,
    surface: 'eval',
    purpose: 'naming',
    prompt: await readPrompt('naming'),
    data: tellSheets(model, sheets),
    schema: personaDrafts,
    check: ({ personas }) =>
      [...refusalsOf(personas.map(tidied), sheets, model)].flatMap(([key, reasons]) =>
        reasons.map(reason => `${key}: ${reason}`),
      ),
  });
  if (asked.kind === 'failed') throw new UpstreamError(asked.why, 'Run the evals again.');
  const said = asked.kind === 'answered' ? asked.value : asked.last;
  const drafts = (said?.personas ?? []).map(tidied);
  return { id: one.id, personas: drafts, judged: await judgedBy(access, one, drafts, context) };
}

type EvalContext = Pick<ToolContext, 'state' | 'now' | 'actor'>;

async function judgedBy(
  access: ModelAccess,
  one: NamingCase,
  drafts: z.infer<typeof personaDraft>[],
  context: EvalContext,
): Promise<{ matching: Verdict[]; intrusion: Verdict[] }> {
  const personas = described(drafts, one);
  return {
    matching: await judge(access, matchingQuestions(personas), context),
    intrusion: await judge(access, intrusionQuestions(personas), context),
  };
}

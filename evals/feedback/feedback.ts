import type { FeedbackCase } from '../../src/agent/answer/feedback-case.ts';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import { readPrompt } from '../../src/agent/prompts.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import type { EvalReport } from '../report.ts';
import { isGood, type RunReport } from '../task.ts';
import { type AskedAgain, askAgain } from './asked-again.ts';
import { feedbackMetrics } from './metrics.ts';

/**
 * Asks what people judged again: without a model what was answered without one, and with it everything. Nothing of it is
 * recorded, as questions and figures are those of somebody's shop.
 */
export async function runFeedback(
  context: ToolContext,
  access: ModelAccess | null,
  cases: readonly FeedbackCase[],
  now: Date,
): Promise<EvalReport> {
  const plain = cases.filter(({ author }) => author === 'deterministic');
  const runs: RunReport[] = [
    reportOf(
      { prompt: null, model: 'deterministic', author: 'deterministic', origin: 'computed' },
      await askAll(context, null, plain),
    ),
  ];
  if (access !== null) {
    const { id, version } = await readPrompt('answer');
    const told = { prompt: `${id}-${version}`, model: access.id, author: 'model', origin: 'live' } as const;
    runs.push(reportOf(told, await askAll(context, access, cases)));
  }
  const left = access === null ? cases.length - plain.length : 0;
  return {
    at: now.toISOString(),
    runs: runs.filter(run => run.cases.length > 0),
    notRun:
      left === 0
        ? []
        : [`${left} of ${cases.length} cases, which a model answered, as no key is set (ANTHROPIC_API_KEY).`],
  };
}

/** 0; 1 where nothing was asked or anything falls short, be it without a model. */
export const feedbackCode = ({ runs }: EvalReport) => (runs.length > 0 && runs.every(isGood) ? 0 : 1);

async function askAll(
  context: ToolContext,
  access: ModelAccess | null,
  cases: readonly FeedbackCase[],
): Promise<AskedAgain[]> {
  const asked: AskedAgain[] = [];
  for (const judged of cases) asked.push(await askAgain(context, access, judged));
  return asked;
}

function reportOf(
  told: Pick<RunReport, 'prompt' | 'model' | 'author' | 'origin'>,
  asked: readonly AskedAgain[],
): RunReport {
  return { task: 'feedback', ...told, cases: asked.map(({ id }) => id), metrics: feedbackMetrics(asked) };
}

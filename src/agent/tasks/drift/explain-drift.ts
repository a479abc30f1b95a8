import { InputError } from '../../../errors.ts';
import { screenTerms } from '../../../governance/sensitivity.ts';
import { currentModel } from '../../../segmentation/current.ts';
import { linksRefused } from '../../../segmentation/links.ts';
import { reclusterAdvised } from '../../../segmentation/recluster/advised.ts';
import { unsupportedNumbers } from '../../../segmentation/written-numbers.ts';
import { factsInText } from '../../../tools/results/facts.ts';
import type { ToolContext } from '../../../tools/tool.ts';
import { isHedged } from '../../checks/hedged.ts';
import type { ModelAccess } from '../../model/access.ts';
import { readPrompt } from '../../prompts.ts';
import { askFor } from '../../structured.ts';
import {
  type DriftBasis,
  driftFacts,
  type LabelledFinding,
  labelFindings,
  reasonsToRethink,
} from './drift-facts.ts';
import { type DriftExplanation, driftExplanation } from './explanation.ts';
import { plainExplanation } from './plain-explanation.ts';

export interface ExplainedDrift {
  asOf: string;
  explanation: DriftExplanation;
  /** What the labels of the explanation stand for. */
  findings: LabelledFinding[];
  author: 'model' | 'deterministic';
  /** Why the deterministic text stands in for a model's; null where it does not. */
  why: string | null;
}

/**
 * Says which finding of the latest refresh matters, what is likely behind it, what to check and whether to find the
 * segments anew: by a model, or by what such findings usually mean where there is none or its text does not hold.
 *
 * @throws InputError where nothing was refreshed yet
 */
export async function explainDrift(
  context: ToolContext,
  access: ModelAccess | null,
  surface: string,
): Promise<ExplainedDrift> {
  const basis = await context.turn('explain drift', () => basisOf(context));
  const findings = labelFindings(basis.record.findings);
  const plain = plainExplanation(findings, basis.advice);
  const told = { asOf: basis.record.asOf, findings };
  // With nothing to explain a model could only make something up.
  if (access === null || findings.length === 0)
    return { ...told, explanation: plain, author: 'deterministic', why: null };
  const facts = driftFacts(findings, basis);
  const answer = await askFor({
    context,
    access,
    surface,
    purpose: 'drift',
    prompt: await readPrompt('drift'),
    data: facts,
    schema: driftExplanation,
    check: explanation => refusalsOf(explanation, findings, facts, basis),
  });
  return answer.kind === 'answered'
    ? { ...told, explanation: answer.value, author: 'model', why: null }
    : { ...told, explanation: plain, author: 'deterministic', why: answer.why };
}

async function basisOf({ state }: ToolContext): Promise<DriftBasis> {
  const model = await currentModel(state);
  const records = await state.refreshes.list();
  const record = records.at(-1);
  if (record?.kind !== 'refresh')
    throw new InputError(
      `Nothing was compared yet: the segments were made as of ${model.asOf}.`,
      'Run `kindred refresh` at a later date.',
    );
  return { record, before: records.at(-2), model, advice: reclusterAdvised(record.findings, records) };
}

/** Why an explanation may not be shown; empty where it may. */
export function refusalsOf(
  { headline, matters, causes, check, rethink }: DriftExplanation,
  findings: readonly LabelledFinding[],
  facts: string,
  { advice }: Pick<DriftBasis, 'advice'>,
): string[] {
  const known = new Set(findings.map(({ label }) => label));
  const labels = [...matters.map(({ finding }) => finding), ...causes.flatMap(({ because }) => because)];
  const texts = [
    headline,
    ...matters.map(({ why }) => why),
    ...causes.map(({ cause }) => cause),
    ...check,
    rethink.why,
  ];
  const supported = factsInText(facts);
  return [
    ...labels.filter(label => !known.has(label)).map(label => `There is no finding ${label}.`),
    ...texts.flatMap(text =>
      unsupportedNumbers(withoutLabels(text), supported).map(
        ({ text: number }) => `"${number}" in "${text}" is not in the figures given.`,
      ),
    ),
    ...linksRefused(texts),
    ...screenTerms(texts).map(({ term, category }) => `"${term}" speaks of ${category}, which is protected.`),
    ...causes
      .filter(({ cause }) => !isHedged(cause))
      .map(({ cause }) => `"${cause}" is told as a fact: a cause is only likely or possible.`),
    ...(rethink.needed && reasonsToRethink(findings, advice).length === 0
      ? ['Nothing measured speaks for finding the segments anew: say why they can stay.']
      : []),
  ];
}

const withoutLabels = (text: string) => text.replaceAll(/\bF\d+\b/g, '');

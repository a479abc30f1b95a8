import type { ToolContext } from '../../../tools/tool.ts';
import { type Call, evidenceOf } from '../../answer/evidence.ts';
import type { ModelAccess } from '../../model/access.ts';
import { type Prompt, readPrompt } from '../../prompts.ts';
import { askFor } from '../../structured.ts';
import { type Digest, digestShape } from './digest.ts';
import { type DigestDraft, digestDraft } from './draft.ts';
import { type DigestFacts, digestFacts } from './facts.ts';
import { levelledFindings } from './findings.ts';
import { type DigestBasis, refusalsOf } from './refusals.ts';
import { digestSheet } from './sheet.ts';
import { mending } from './todo.ts';
import { writeDigest } from './write.ts';

export interface ComposedDigest {
  digest: Digest;
  /** Why the deterministic text stands in for a model's; null where it does not. */
  why: string | null;
}

/**
 * The digest as it is sent: in the words of a model where one is there and what it writes holds, else in those that
 * follow from the facts. null where nothing was segmented yet. Call it in no turn: it takes as long as the model does.
 */
export async function composeDigest(
  context: ToolContext,
  access: ModelAccess | null,
  surface: string,
): Promise<ComposedDigest | null> {
  const facts = await digestFacts(context);
  return facts && composed(context, access, surface, facts);
}

/** The same from facts at hand. */
export async function composed(
  context: ToolContext,
  access: ModelAccess | null,
  surface: string,
  facts: DigestFacts,
): Promise<ComposedDigest> {
  const plain = digestShape.parse(writeDigest(facts));
  if (access === null) return { digest: plain, why: null };
  const prompt = await readPrompt('digest');
  const basis = digestBasis(facts, plain, prompt);
  const asked = await askFor({
    context,
    access,
    surface,
    purpose: 'digest',
    prompt,
    data: basis.sheet.text,
    schema: digestDraft,
    check: draft => refusalsOf(draft, basis),
  });
  return asked.kind === 'answered'
    ? { digest: digestShape.parse(withDraft(plain, asked.value, basis)), why: null }
    : { digest: plain, why: asked.why };
}

/** What a model is shown of the facts, and what its draft is held against. */
export function digestBasis(facts: DigestFacts, plain: Digest, prompt: Pick<Prompt, 'text'>): DigestBasis {
  return {
    plain,
    sheet: digestSheet(facts, plain),
    evidence: evidenceOf({
      calls: callsOf(facts),
      questions: [],
      instructions: prompt.text,
      today: plain.asOf,
    }),
    pinned: mending(facts, levelledFindings(facts.drift)).length,
  };
}

/** As a surface would have made them. */
function callsOf({ overview, list, moves, drift, predictions, campaigns }: DigestFacts): Call[] {
  const outputs = {
    shop_overview: overview,
    list_segments: list,
    show_moves: moves,
    show_drift: drift,
    show_predictions: predictions,
  };
  return [
    ...Object.entries(outputs).map(([name, output]) => ({ name, input: {}, output })),
    ...campaigns.map(output => ({ name: 'lift', input: { campaign: output.sync }, output })),
  ];
}

/** Its words in the places of the deterministic ones; figures, reasons and order of findings stay. */
function withDraft(plain: Digest, draft: DigestDraft, { sheet }: DigestBasis): Digest {
  const explanations = new Map(
    draft.findings.map(({ finding, explanation }) => [sheet.findings.get(finding), explanation]),
  );
  return {
    ...plain,
    headline: draft.headline,
    moves: draft.moves.map(label => sheet.moves.get(label)!),
    findings: plain.findings.map(finding => ({
      ...finding,
      explanation: explanations.get(finding) ?? finding.explanation,
    })),
    todo: draft.todo.map(({ candidate, action }) => ({ ...sheet.todo.get(candidate)!, action })),
    author: 'model',
  };
}

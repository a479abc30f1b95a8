import { InputError } from '../../errors.ts';
import { modelCardMarkdown } from '../../markdown/model-card.ts';
import { personaMarkdown } from '../../markdown/persona.ts';
import { proposalsMarkdown } from '../../markdown/proposals.ts';
import { readinessMarkdown } from '../../markdown/readiness.ts';
import type {
  ModelCard,
  Overview,
  SegmentList,
  ShownMoves,
  ShownPredictions,
  ShownSegment,
} from '../../markdown/results.ts';
import { segmentMarkdown } from '../../markdown/segment.ts';
import { segmentsMarkdown } from '../../markdown/segments.ts';
import { wordedAs } from '../../segmentation/proposals/proposal-words.ts';
import { toldOf } from '../../tools/results/told-proposal.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { ToolContext } from '../../tools/tool.ts';
import { uriOf, uris } from './uris.ts';

/** What resources say. All of it is made of results of tools, which hold nothing of fewer than ten customers. */

const uriOfSegment = (key: string) => uriOf(uris.segment, key);
const uriOfPersona = (key: string) => uriOf(uris.persona, key);

/** A shape of `results.ts` is that of the tool that it names. */
async function look<Result>(context: ToolContext, tool: string, input: object = {}): Promise<Result> {
  return (await runTool(context, tool, input)).output as Result;
}

export async function segmentsText(context: ToolContext): Promise<string> {
  return segmentsMarkdown(await look<SegmentList>(context, 'list_segments'), uriOfSegment);
}

/** In one turn, so that nothing is refreshed between two of the tools. */
export function segmentText(context: ToolContext, segment: string): Promise<string> {
  return context.turn('resource', async () =>
    segmentMarkdown(
      {
        segment: await look<ShownSegment>(context, 'show_segment', { segment }),
        moves: await movesOf(context),
        predictions: await look<ShownPredictions>(context, 'show_predictions'),
      },
      { segment: uriOfSegment, persona: uriOfPersona },
    ),
  );
}

/** null where no refresh came after the segments were found, of which the tool tells by refusing. */
async function movesOf(context: ToolContext): Promise<ShownMoves | null> {
  try {
    return await look<ShownMoves>(context, 'show_moves');
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

export async function personaText(context: ToolContext, segment: string): Promise<string> {
  return personaMarkdown(await look<ShownSegment>(context, 'show_segment', { segment }), uriOfSegment);
}

export async function modelCardText(context: ToolContext): Promise<string> {
  return modelCardMarkdown(await look<ModelCard>(context, 'show_model_card'));
}

export async function readinessText(context: ToolContext): Promise<string> {
  return readinessMarkdown(await look<Overview>(context, 'shop_overview'));
}

export async function proposalsText({ state }: ToolContext): Promise<string> {
  const open = (await state.proposals.list()).filter(({ status }) => status === 'open');
  const told = [];
  for (const proposal of open) {
    const { createdAt } = proposal;
    told.push({
      kind: wordedAs(proposal),
      since: createdAt.slice(0, 10),
      ...(await toldOf(state, proposal)),
    });
  }
  return proposalsMarkdown(told);
}

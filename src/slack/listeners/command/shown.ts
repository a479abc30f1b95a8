import type { KnownBlock } from '@slack/types';
import { answerQuestion } from '../../../agent/answer/answer.ts';
import type { ChartData, ChartKind } from '../../../charts/chart-data.ts';
import type { SegmentList, ShownSegment } from '../../../markdown/results.ts';
import { standingQuestions } from '../../../segmentation/audiences/standing/questions.ts';
import { runTool } from '../../../tools/run-tool.ts';
import type { ToolContext } from '../../../tools/tool.ts';
import { markdownOf } from '../../blocks/markdown.ts';
import { textOf } from '../../blocks/markdown-inline.ts';
import { plain } from '../../blocks/text.ts';
import { inSlack } from '../../talk/in-slack.ts';
import { answerExtras, extraBlocks } from '../../views/answer-extras.ts';
import { answerText } from '../../views/answer-text.ts';
import { driftBlocks, movesBlocks } from '../../views/changes.ts';
import { helpBlocks, noSuchSegment, whichSegment } from '../../views/command.ts';
import { personaCard } from '../../views/persona-card.ts';
import type { AllMoves, ShownDrift } from '../../views/results.ts';
import { segmentListBlocks } from '../../views/segment-table.ts';
import { chooseSegment } from './choose-segment.ts';
import type { Command } from './parse.ts';

export interface Shown {
  /** For notifications. */
  text: string;
  blocks: KnownBlock[];
  picture: ChartData | ChartKind | null;
  /** What shows the same again, as others may see it; null where there is nothing to show others. */
  again: Command | null;
}

/** What `/segments` shows, from tools and texts of ours alone. */
export async function shownFor(tools: ToolContext, command: Command): Promise<Shown> {
  const look = async <Result>(name: string, input: Record<string, unknown> = {}) =>
    (await runTool(tools, name, input)).output as Result;
  switch (command.kind) {
    case 'help':
      return {
        text: 'What /segments shows',
        blocks: helpBlocks(standingQuestions.map(({ question }) => question)),
        picture: null,
        again: null,
      };
    case 'list': {
      const list = await look<SegmentList>('list_segments');
      return { text: 'The segments', blocks: segmentListBlocks(list), picture: 'sizes', again: command };
    }
    case 'moves': {
      const moves = await look<AllMoves>('show_moves');
      // A picture of nothing otherwise.
      const picture = moves.moves.length > 0 ? 'moves' : null;
      return { text: 'Moves between segments', blocks: movesBlocks(moves), picture, again: command };
    }
    case 'drift': {
      const drift = await look<ShownDrift>('show_drift');
      return { text: 'What changed', blocks: driftBlocks(drift), picture: 'sizes', again: command };
    }
    case 'show':
      return showSegment(look, command.words);
    case 'find':
      return find(tools, command);
  }
}

type Look = <Result>(name: string, input?: Record<string, unknown>) => Promise<Result>;

async function showSegment(look: Look, words: string): Promise<Shown> {
  const { segments } = await look<SegmentList>('list_segments');
  const chosen = chooseSegment(segments, words);
  const unsaid = { picture: null, again: null };
  if (chosen.kind === 'several')
    return { text: 'Which segment?', blocks: whichSegment(words, chosen.segments), ...unsaid };
  if (chosen.kind === 'none')
    return { text: 'No such segment', blocks: noSuchSegment(words, chosen.near, segments), ...unsaid };
  const { key, name } = chosen.segment;
  const segment = await look<ShownSegment>('show_segment', { segment: key });
  return {
    text: name,
    blocks: personaCard(segment),
    picture: segment.persona === null ? null : 'profile',
    again: { kind: 'show', words: key },
  };
}

async function find(tools: ToolContext, command: Command & { kind: 'find' }): Promise<Shown> {
  const question = command.words;
  const answer = await answerQuestion({
    context: tools,
    access: null,
    question,
    thread: null,
    surface: 'slack',
  });
  const extras = answerExtras(answer, { question, role: tools.role });
  const text = answerText(inSlack(answer.text));
  return {
    text: plain(textOf(text), 200),
    blocks: [...markdownOf(text), ...extraBlocks(extras, null)],
    picture: extras.picture,
    again: answer.calls.length === 0 ? null : command,
  };
}

import type { ImageBlock, KnownBlock } from '@slack/types';
import type { Role } from '../../access/roles.ts';
import type { AnswerResult } from '../../agent/answer/answer.ts';
import type { ChartData, ChartKind } from '../../charts/chart-data.ts';

/** What stands under the text of an answer. Together at most 6,000 characters of blocks, and 20 blocks. */
export interface AnswerExtras {
  /** Figures, at most one table, a few cards. */
  shown: KnownBlock[];
  /** The one picture that fits the question, which `withPicture` draws and uploads; null where none does. */
  picture: ChartData | ChartKind | null;
  /** What can be pressed, and where the figures are from. */
  ending: KnownBlock[];
}

/** What a person made by their question, and who they are. */
export interface Asker {
  question: string;
  role: Role;
}

/** From what tools told for an answer to what is shown under its text. The same answer always has the same. */
export function answerExtras(
  _answer: Pick<AnswerResult, 'calls' | 'reply' | 'sources' | 'author'>,
  _asker: Asker,
): AnswerExtras {
  return { shown: [], picture: null, ending: [] };
}

/** As blocks, with the picture where there is one by now. */
export function extraBlocks({ shown, ending }: AnswerExtras, image: ImageBlock | null): KnownBlock[] {
  return [...shown, ...(image ? [image] : []), ...ending];
}

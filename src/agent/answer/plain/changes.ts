import { formatMoneyShort } from '../../../segmentation/wording.ts';
import type { People } from '../../../tools/results/values.ts';
import { bullets, customersText, type Part, paragraphs } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

interface Flow {
  customers: People;
  revenueLastYear: number | null;
}

interface Moves {
  asOf: string;
  from: string;
  currency: string | null;
  newcomers: Flow;
  lapsed: Flow;
  cameBack: Flow;
  sentences: string[];
  moves: ({ from: string; to: string } & Flow)[];
}

const MOST_MOVES = 6;

/** Who moved at the last refresh. */
export async function movesAnswer({ look }: LookingUp): Promise<Part> {
  const { asOf, from, currency, newcomers, lapsed, cameBack, sentences, moves } =
    await look<Moves>('show_moves');
  const worth = ({ revenueLastYear }: Flow) =>
    revenueLastYear === null
      ? ''
      : ` (${formatMoneyShort(revenueLastYear, currency)} of revenue in the last year)`;
  const of = (flow: Flow) => `${customersText(flow.customers)}${worth(flow)}`;
  return {
    text: paragraphs([
      `From ${from} to ${asOf}, ${customersText(newcomers.customers)} joined, ${of(lapsed)} lapsed, and ${of(cameBack)} came back.`,
      sentences.length > 0
        ? `What matters most:\n${bullets(sentences)}`
        : bullets(
            moves.slice(0, MOST_MOVES).map(move => `From **${move.from}** to **${move.to}**: ${of(move)}.`),
          ),
    ]),
    next: '`kindred moves` lists them all; `kindred drift` says what changed beside.',
  };
}

interface Drift {
  asOf: string;
  compared: boolean;
  groups: { title: string; findings: { sentence: string; explainedBy: string | null }[]; more: number }[];
  recluster: string[];
  means: string;
}

/** What the last refresh found to have changed. */
export async function driftAnswer({ look }: LookingUp): Promise<Part> {
  const { asOf, compared, groups, recluster, means } = await look<Drift>('show_drift');
  if (!compared)
    return {
      text: `Nothing was compared yet: the segments were made as of ${asOf}.`,
      next: '`kindred refresh` looks at a later date.',
    };
  const found = groups.filter(({ findings }) => findings.length > 0);
  if (found.length === 0) return { text: `Nothing of note changed by ${asOf}.`, next: null };
  return {
    text: paragraphs([
      `What changed, as of ${asOf}. ${means}`,
      ...found.map(
        ({ title, findings }) =>
          `${title}:\n${bullets(
            findings.map(
              ({ sentence, explainedBy }) =>
                `${sentence}${explainedBy === null ? '' : ` (explained by ${explainedBy})`}`,
            ),
          )}`,
      ),
      ...recluster,
    ]),
    next:
      recluster.length > 0
        ? '`kindred recluster` finds the segments anew, beside those that stand.'
        : 'check what stands first; nothing speaks for finding the segments anew.',
  };
}

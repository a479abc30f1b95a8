import type { Answer } from '../../../state/answers.ts';
import { code } from '../../markdown.ts';
import { formatCount } from '../../wording.ts';
import type { ReportFacts } from './facts.ts';
import { blank, section, table } from './markdown.ts';

/** What goes to a language model, where that is, and what is kept of it. */
export function languageModelSection({ setup, answers }: ReportFacts): string {
  const { model } = setup;
  const where = model
    ? `Set up now: ${code(model.id)} at ${code(model.host)}${model.onThisMachine ? `, an address of this machine. Whether what answers there passes requests on: ${blank('yes or no, and to whom')}` : '.'}`
    : 'No language model is set up: nothing is sent, and all texts are made by rules. With one, this would hold:';
  const provider =
    model && !model.onThisMachine
      ? `The provider is a recipient of what is listed below. Contract, place of processing, safeguards for other countries (chapter V), use for training, and how long the provider keeps requests: ${blank('provider terms')}`
      : '';
  return section(
    '3. What goes to a language model',
    where,
    provider,
    [
      '- **Sent:** aggregates of groups of at least ten customers (sizes, shares, means, sums), features and their statistics, names of segments, and names of categories, products, coupons, campaigns, channels, kinds of support tickets and event types, and other words of the data that audiences may ask for, such as countries, cut to one line and marked as data; and what people type as a question.',
      '- **Never sent:** names, e-mail addresses, phone numbers, ids of customers or orders, rows of one person, texts of tickets, and groups of fewer than ten ("fewer than 10"). Lists of people go to files for people only.',
      '- **What people type** is sent as they type it: whoever asks must not put names or addresses of customers into a question.',
      '- **What it may do:** read such figures and open proposals. It cannot decide a proposal, and no list of people passes through it. What it flags as sensitive is blocked at once; using it again is decided by a person.',
      '- **Kept here:** questions, answers and tool results of conversations, and one row of usage for each request. This version removes none of them by itself.',
    ].join('\n'),
    table(
      ['For', 'Model', 'Requests', 'Answered', 'Conversations', 'First', 'Last'],
      usesOf(answers).map(({ purpose, model: id, list }) => [
        purpose,
        code(id),
        formatCount(list.length),
        formatCount(list.filter(({ outcome }) => outcome === 'answered').length),
        formatCount(new Set(list.flatMap(({ thread }) => thread ?? [])).size),
        list[0]!.at.slice(0, 10),
        list.at(-1)!.at.slice(0, 10),
      ]),
      'No language model was asked so far.',
    ),
    answers.length === 0 ? '' : `How long conversations and usage are to be kept: ${blank('period')}`,
  );
}

interface Use {
  purpose: Answer['purpose'];
  model: string;
  list: Answer[];
}

/** By purpose and model, in the order of their letters; of each the answers in the order in which they came. */
function usesOf(answers: readonly Answer[]): Use[] {
  const uses = new Map<string, Use>();
  for (const answer of answers) {
    const { purpose, model } = answer;
    const key = `${purpose} ${model}`;
    const use = uses.get(key) ?? { purpose, model, list: [] };
    use.list.push(answer);
    uses.set(key, use);
  }
  return [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use);
}

import type { ExplainedDrift } from '../../agent/tasks/drift/explain-drift.ts';
import { bullet } from './drift.ts';
import { wrap } from './text.ts';

/** What the drift of a refresh means; what was measured stands apart from what is only likely. */
export function explainedDriftView(
  { asOf, explanation, findings, author, why }: ExplainedDrift,
  width: number,
): string {
  const { headline, matters, causes, check, rethink } = explanation;
  const sentenceOf = (label: string) =>
    findings.find(known => known.label === label)?.finding.sentence ?? label;
  const section = (title: string, items: readonly string[]) =>
    items.length > 0 ? [`${title}\n${items.map(item => bullet(item, width)).join('')}`] : [];
  return [
    `What changed, as of ${asOf}.\n\n${wrap(headline, width)}\n`,
    ...section(
      'What matters (measured)',
      matters.map(({ finding, why: matter }) => `${sentenceOf(finding)} ${matter}`),
    ),
    ...section(
      'What may be behind it (likely, not measured)',
      causes.map(({ cause }) => cause),
    ),
    ...section('What to check', check),
    `Find the segments anew? ${rethink.needed ? 'Yes' : 'No'}\n${bullet(rethink.why, width)}`,
    `${wrap(byWhom(author, why), width)}\n`,
  ].join('\n');
}

function byWhom(author: ExplainedDrift['author'], why: string | null): string {
  if (author === 'model')
    return 'Written by a language model from the findings; its figures were checked against them.';
  const plain = 'Written without a language model, from what such findings usually mean.';
  return why === null ? plain : `${plain} ${why}`;
}

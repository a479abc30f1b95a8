import type { Naming } from '../../agent/tasks/naming/name-segments.ts';
import { proposalView } from './proposals.ts';
import { indent, wrap } from './text.ts';

/** What a model would call the segments, before and after, and what stays as it is. */
export function nameView(naming: Naming, asked: string | null, width: number): string {
  return [
    asked === null ? withoutModel(naming, width) : withModel(naming, asked, width),
    misformedView(naming, width),
  ]
    .filter(part => part !== '')
    .join('\n');
}

function withoutModel({ asOf, segments }: Naming, width: number): string {
  const names = segments.map(({ key, before }) =>
    indent(`${wrap(`${before.name} (${key}): ${before.sentence}`, width - 2)}`, 2),
  );
  return [
    `The names that the figures give stand (as of ${asOf}):`,
    ...names,
    '',
    wrap(
      'With a key for a language model (ANTHROPIC_API_KEY, or ANTHROPIC_BASE_URL for a server of your own), `kindred name` has it name all segments at once, so that the names set them apart, with what to do, what not to do, and whom no sentence covers. It is sent figures of whole segments, never of customers, each number that it writes is checked against them, and nothing changes before you approve it.',
      width,
    ),
    '',
  ].join('\n');
}

function withModel({ segments, proposal, why }: Naming, asked: string, width: number): string {
  const kept = segments.flatMap(({ before, after, kept }) =>
    after === null ? [indent(wrap(`${before.name}: ${kept ?? 'it stays.'}`, width - 2), 2)] : [],
  );
  return [
    proposal === null
      ? wrap(
          why ? `Nothing is proposed. ${why}` : `Nothing is proposed: ${asked} wrote what stands already.`,
          width,
        )
      : proposalView(proposal, width),
    ...(kept.length > 0 ? ['These keep the texts that they have:', ...kept, ''] : []),
  ].join('\n');
}

function misformedView({ segments }: Naming, width: number): string {
  const found = segments.flatMap(({ before, after, misformed }) =>
    misformed
      ? [indent(wrap(`${(after ?? before).name}: ${misformed.why} To try: ${misformed.try}`, width - 2), 2)]
      : [],
  );
  if (found.length === 0) return '';
  return [
    'Probably not well formed, as no one sentence covers them:',
    ...found,
    wrap('`kindred what-if` shows what a change of the recipe would do before anybody decides.', width),
    '',
  ].join('\n');
}

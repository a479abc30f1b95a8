import type { NamesReview, ReviewedFlag } from '../../agent/tasks/sensitive/review-names.ts';
import { type SensitiveReview, staysOut } from '../../segmentation/governance/sensitive-review.ts';
import { nameKinds } from '../../segmentation/governance/shop-names.ts';
import { formatCount, listed } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { counted, indent, oneLine, wrap } from './text.ts';

/** What may tell of protected traits, what is done about it, and what a model read where there is one. */
export function reviewView(review: SensitiveReview, read: NamesReview | null, width: number): string {
  const parts = [
    `${wrap(headline(review), width)}\n`,
    read ? readText(read, width) : `${wrap(withoutModel, width)}\n`,
    featuresTable(review, width),
    namesTable(review, width),
    blockedTable(review, width),
    `${wrap(next, width)}\n`,
  ];
  return parts.filter(part => part !== '').join('\n');
}

const withoutModel =
  'No language model is set up: names were looked through by the lexicon alone, which knows common words of a few languages. Please read through the names of your categories yourself.';

const next =
  '`kindred block NAME --reason TEXT` keeps out what is missing here; `kindred block NAME --release` and `kindred allow FEATURE` let something be used again. `kindred governance report` writes the whole of it down.';

function headline({ asOf, screened, names }: SensitiveReview): string {
  const looked = nameKinds.filter(kind => screened[kind] > 0).map(kind => counted(screened[kind], kind));
  if (asOf === null || looked.length === 0)
    return 'There are no names to look through: nothing was imported yet.';
  const out = names.filter(staysOut).length;
  const kept = out === 0 ? 'none is' : out === 1 ? 'one is' : `${out} are`;
  const found = names.length - out;
  const more =
    found === 0
      ? ''
      : ` The lexicon found ${found} more among channels, tickets and events, where it keeps nothing out by itself.`;
  const plural = looked.map(text => text.replace(/categorys$/, 'categories'));
  return `Looked through ${listed(plural)} of before ${asOf}: ${kept} kept out of segments, habits and filters.${more}`;
}

function readText(read: NamesReview, width: number): string {
  const { model, blocked, doubtful, troubles, unread } = read;
  const flagged =
    blocked.length === 0
      ? 'none of them'
      : `${formatCount(blocked.length)}, which ${blocked.length === 1 ? 'is' : 'are'} blocked from now on`;
  const lines = [
    `${model} read ${counted(read.read, 'name')} that nobody had judged yet and flagged ${flagged}.`,
    ...(doubtful.length === 0
      ? []
      : [
          `Of some names it flagged most at once, which looks wrong; nothing of that was blocked. Please look at them: ${doubtful.flatMap(({ terms }) => terms.map(oneLine)).join(', ')}.`,
        ]),
    ...(unread === 0 ? [] : [`It did not come to ${counted(unread, 'name')}.`]),
    ...troubles,
  ].map(line => wrap(line, width));
  const flags = blocked.map(flag => indent(wrap(flagText(flag), width - 2), 2));
  return `${[lines[0]!, ...flags, ...lines.slice(1)].join('\n')}\n`;
}

function flagText({ kind, terms, ground, why, confidence }: ReviewedFlag): string {
  return `${kind} ${terms.map(term => `"${oneLine(term)}"`).join(', ')}: ${ground}, confidence ${confidence}. ${why}`;
}

function featuresTable({ features, plainFeatures }: SensitiveReview, width: number): string {
  if (features.length === 0)
    return `${wrap(`Features: none of ${plainFeatures} is sensitive or blocked.`, width)}\n`;
  return textTable(
    [
      { head: 'Feature' },
      { head: 'What it says', grows: true },
      { head: 'Sensitive' },
      { head: 'Stands' },
      { head: 'In the segments' },
    ],
    features.map(({ id, label, sensitivity, decision, inModel }) => [
      id,
      label,
      sensitivity === 'none' ? 'no' : sensitivity,
      decision
        ? `${decision.effect === 'allow' ? 'allowed' : 'blocked'} ${decision.at.slice(0, 10)}`
        : 'kept out',
      inModel ? 'yes' : 'no',
    ]),
    width,
  );
}

/** More than these nobody reads at a terminal; --json and the report have them. */
const mostNames = 40;

function namesTable({ names }: SensitiveReview, width: number): string {
  if (names.length === 0) return '';
  const more = names.length - mostNames;
  const rest = more > 0 ? `and ${formatCount(more)} more, which --json lists\n` : '';
  return `${textTable(
    [
      { head: 'Found', grows: true },
      { head: 'Is a' },
      { head: 'Ground' },
      { head: 'Found by' },
      { head: 'Customers', align: 'right' },
    ],
    names
      .slice(0, mostNames)
      .map(({ kind, name, ground, foundBy, customers }) => [
        oneLine(name),
        kind,
        ground,
        foundBy === 'blocked'
          ? 'blocked'
          : staysOut({ kind, foundBy })
            ? 'the lexicon'
            : 'the lexicon: not kept out',
        customers === null ? '<10' : formatCount(customers),
      ]),
    width,
  )}${rest}`;
}

function blockedTable({ blockedTerms }: SensitiveReview, width: number): string {
  if (blockedTerms.length === 0) return '';
  return textTable(
    [{ head: 'Blocked' }, { head: 'By' }, { head: 'Reason', grows: true }, { head: 'In the segments' }],
    blockedTerms.map(({ term, blockedBy, at, reason, inModel }) => [
      oneLine(term),
      `${oneLine(blockedBy)}, ${at.slice(0, 10)}`,
      oneLine(reason),
      inModel ? 'until found anew' : 'no',
    ]),
    width,
  );
}

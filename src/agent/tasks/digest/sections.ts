import { formatCount, formatMoneyShort, listed } from '../../../segmentation/wording.ts';
import { few } from '../../../tools/results/values.ts';
import { shareText } from '../../answer/plain/figures.ts';
import type { Digest } from './digest.ts';
import { flowsText } from './flows.ts';
import { dated, whyOf } from './told-finding.ts';
import { withAside } from './with-aside.ts';

/** A point of a digest in plain text, for a surface to mark up. */
export interface Item {
  /** The segment, or the proposal, that it is about. */
  about: string | null;
  text: string;
  /** The figures behind it. */
  why: string | null;
}

export interface Section {
  title: string;
  items: Item[];
}

/** What stands above the table of segments. A finding that is to be acted on is explained here. */
export function todoSection({ todo, findings, asOf }: Digest): Section {
  const explained = new Map(findings.map(finding => [whyOf(finding, asOf), finding.explanation]));
  return {
    title: 'What to do this week',
    items: todo.map(({ action, why, segment }) => ({
      about: segment?.name ?? null,
      text: action,
      why: [why, explained.get(why)].filter(Boolean).join(' '),
    })),
  };
}

/** What stands beneath it. Empty sections are left out. */
export function sectionsOf(digest: Digest): Section[] {
  const { notes } = digest;
  return [
    { title: 'What campaigns did', items: plain(digest.campaigns.map(({ says }) => says)) },
    { title: 'Who moved', items: plain(whoMoved(digest)) },
    ...findingSections(digest),
    { title: 'What is ahead', items: plain(aheadOf(digest)) },
    { title: 'Waiting for a decision', items: proposalsOf(digest) },
    { title: 'To bear in mind', items: plain(notes) },
  ].filter(({ items }) => items.length > 0);
}

const item = (text: string): Item => ({ about: null, text, why: null });
const plain = (texts: readonly string[]) => texts.map(item);

/** "From 2026-10-25 to 2026-11-01", or "As of 2026-11-01". */
export const datesOf = ({ asOf, since }: Digest) =>
  since === null ? `As of ${asOf}` : `From ${since} to ${asOf}`;

/**
 * Customers more or fewer than at the date before; blank where that is not told.
 * @param small words for a change of fewer than ten
 */
export function changeOf(
  { since }: Digest,
  { customers, grew, shrank }: Digest['segments'][number],
  small: { up: string; down: string },
): string {
  if (grew !== null) return grew === few ? small.up : `+${formatCount(grew)}`;
  if (shrank !== null) return shrank === few ? small.down : `-${formatCount(shrank)}`;
  return since === null || customers === few ? '' : '0';
}

/** What is to be acted on is told there. */
function whoMoved({ flows, since, moves, todo, currency, state }: Digest): string[] {
  if (flows === null) return [];
  const doubt = state === 'feed' ? ' Data is missing, so some may only look so.' : '';
  const untold = moves.filter(sentence => !todo.some(({ why }) => why === sentence));
  return [`Since ${since} ${flowsText(flows, currency)}.${doubt}`, ...untold];
}

const titles = { alert: 'Alerts', watch: 'To watch', note: 'Good to know' } as const;

/**
 * What is explained stands by what explains it, so that nobody takes it for an alarm. What is to be acted on is told there.
 */
function findingSections({ findings, asOf, moreFindings, todo }: Digest): Section[] {
  const groups = new Map<string, Item[]>();
  const acted = new Set(todo.map(({ why }) => why));
  for (const finding of findings) {
    const { level, explainedBy } = finding;
    const why = whyOf(finding, asOf);
    if (acted.has(why)) continue;
    const title = level === 'explained' ? `Explained by ${explainedBy}, so no alarm` : titles[level];
    const told = { ...item(dated(finding, asOf)), why: finding.explanation };
    groups.set(title, [...(groups.get(title) ?? []), told]);
  }
  const sections = [...groups].map(([title, items]) => ({ title, items }));
  if (moreFindings > 0)
    sections.push({
      title: 'More findings',
      items: [item(`${formatCount(moreFindings)} more: \`kindred drift\` lists them.`)],
    });
  return sections;
}

function aheadOf({ ahead, currency }: Digest): string[] {
  const { lifetimeValue, valueAtRisk, churn } = ahead;
  const money = listed(
    [
      lifetimeValue === null
        ? ''
        : `${formatMoneyShort(lifetimeValue, currency)} is expected over the next 12 months`,
      valueAtRisk === null ? '' : `${formatMoneyShort(valueAtRisk, currency)} is at risk`,
    ].filter(part => part !== ''),
  );
  const silent =
    churn === null
      ? ''
      : `the chance that a customer orders nothing in the next 90 days is ${shareText(churn)}`;
  const told = [money, silent].filter(part => part !== '').join('; ');
  return told === '' ? [] : [`Of all segments together ${told}.`];
}

function proposalsOf({ proposals, moreProposals }: Digest): Item[] {
  return [
    ...proposals.map(({ id, summary, since }) => ({
      about: id,
      text: withAside(summary, `since ${since}`),
      why: null,
    })),
    ...(moreProposals > 0 ? [item(`And ${moreProposals} more: \`kindred proposals\` lists them.`)] : []),
  ];
}

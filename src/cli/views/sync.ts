import type { Delivered } from '../../activation/deliver/deliver.ts';
import type { Followed } from '../../activation/follow.ts';
import type { ShownSync, ToldSync } from '../../activation/overview.ts';
import type { Progressed, SyncRun } from '../../activation/sync.ts';
import { formatCount, formatValue, listed } from '../../segmentation/wording.ts';
import { bullet } from './drift.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

/** Syncs in a table, newest first. */
export function syncsView(syncs: readonly ToldSync[], width: number): string {
  if (syncs.length === 0)
    return `${wrap('No audience is kept anywhere yet. `kindred sync add AUDIENCE CONNECTION` plans it and proposes it.', width)}\n`;
  return textTable(
    [
      { head: 'Sync' },
      { head: 'Audience', grows: true },
      { head: 'Goes to' },
      { head: 'Status' },
      { head: 'There', align: 'right' },
      { head: 'As of' },
    ],
    syncs.map(sync => [
      sync.id,
      `${sync.name}\n${sync.audience}`,
      `${sync.connection}\n${sync.target.name}`,
      statusOf(sync),
      formatCount(sync.there),
      sync.last?.asOf ?? '',
    ]),
    width,
  );
}

function statusOf({ status, waits, last }: ToldSync): string {
  if (waits !== null) return `${status === 'waiting' ? 'new' : status}\n${waits} waits`;
  if (status === 'waiting') return 'not planned';
  if (last?.problem) return `${status}\nheld up`;
  return last?.status === 'approved' ? `${status}\nsending` : status;
}

/** One sync with its last runs. */
export function shownSyncView(sync: ShownSync, width: number): string {
  const { id, name, audience, connection, target, basis, holdout, mostChange, purpose, there, runs } = sync;
  const percent = (share: number) => formatValue(share, 'share', null);
  const lines = [
    `${name} (${audience}) in “${target.name}” at ${connection}: ${statusOf(sync).replace('\n', ', ')}.`,
    `${counted(there, 'customer')} there because of Kindred. ${percent(holdout)} held out; up to ${percent(mostChange)} may change at a refresh without asking.`,
    `Lawful basis: ${basis.lawfulBasis.replaceAll('-', ' ')}${basis.interest === '' ? '' : ` (${basis.interest})`}.`,
    ...(purpose === '' ? [] : [`Purpose: ${purpose}.`]),
    ...(sync.waits === null
      ? []
      : [`\`kindred proposals show ${sync.waits}\` shows what waits for a decision.`]),
  ];
  return [
    `${id}\n${lines.map(line => wrap(line, width)).join('\n')}\n`,
    ...(runs.length === 0 ? [] : ['Runs, newest first\n']),
    ...runs.map(run => runView(run, width)),
  ].join('\n');
}

const runTitles = { follow: 'plan', end: 'end', withdrawal: 'people taken out at once' } as const;

function runView(run: SyncRun & { progress: Progressed }, width: number): string {
  const { kind, asOf, status, counts, problem, retryAt, progress } = run;
  const head = `${asOf}  ${runTitles[kind]}, ${status === 'draft' ? 'could not be made' : status === 'approved' ? 'being sent' : status}`;
  const planned = `Planned: ${formatCount(counts.adds)} added, ${formatCount(counts.updates)} brought up to date, ${formatCount(counts.removes)} removed, ${formatCount(counts.unchanged)} unchanged, ${formatCount(counts.holdout)} held out, ${formatCount(counts.suppressed.reduce((sum, { customers }) => sum + customers, 0))} left out.`;
  const { done, waiting, refused, dropped } = progress;
  const sent = ['approved', 'done'].includes(status)
    ? [
        `Sent: ${formatCount(done.adds)} added, ${formatCount(done.updates)} brought up to date, ${formatCount(done.removes)} removed.${waiting > 0 ? ` ${counted(waiting, 'customer')} still to go.` : ''}`,
      ]
    : [];
  return [
    `  ${head}\n`,
    ...(status === 'draft' || kind === 'withdrawal' ? [] : [bullet(planned, width)]),
    ...sent.map(text => bullet(text, width)),
    ...refused.map(({ reason, customers }) =>
      bullet(`Not taken there: ${formatCount(customers)} (${reason}).`, width),
    ),
    ...dropped.map(({ reason, customers }) =>
      bullet(`Left out at the last moment: ${formatCount(customers)} (${reason}).`, width),
    ),
    ...(problem === null
      ? []
      : [
          bullet(
            `${problem}${retryAt === null ? '' : ` Tried again from ${retryAt.slice(0, 16).replace('T', ' ')} UTC on.`}`,
            width,
          ),
        ]),
  ].join('');
}

/** What one look at the outbox did. */
export function appliedView(
  { followed, delivered }: { followed: readonly Followed[]; delivered: Delivered },
  width: number,
): string {
  const { done, refused, dropped, again, finished, problems } = delivered;
  const counts = [
    ...(done > 0 ? [`${formatCount(done)} sent`] : []),
    ...(refused > 0 ? [`${formatCount(refused)} not taken`] : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} left out at the last moment`] : []),
    ...(again > 0 ? [`${formatCount(again)} to be tried again`] : []),
  ];
  const lines = [
    ...followed.map(followedText),
    ...(counts.length > 0 ? [`${listed(counts)}.`] : []),
    ...(finished.length > 0 ? [`Done: ${listed([...new Set(finished.map(({ sync }) => sync))])}.`] : []),
    ...problems.map(({ sync, problem }) => `${sync} does not go on for now: ${problem}`),
  ];
  const text = lines.length > 0 ? lines : ['Nothing that was approved waits to be sent now.'];
  return text.map(line => `${wrap(line, width)}\n`).join('');
}

function followedText(followed: Followed): string {
  const { sync } = followed;
  switch (followed.kind) {
    case 'sent':
      return `${sync} was planned anew and follows by itself.`;
    case 'proposed':
      return `${sync} was planned anew, and much would change: ${followed.proposal} waits for a decision.`;
    case 'failed':
      return `${sync} could not be planned anew: ${followed.problem}`;
  }
}

import { featureById } from '../../features/catalogue.ts';
import type { SubjectReport } from '../../rights/subject-report.ts';
import { formatValue } from '../../segmentation/wording.ts';

const titles: Readonly<Record<string, string>> = {
  customers: 'Accounts',
  orders: 'Orders',
  order_lines: 'What was ordered',
  events: 'Visits, e-mails and other events',
  tickets: 'Requests to customer service',
  consents: 'What you agreed to and objected to',
};

/** The report as a page of text for the person it is about. */
export function subjectReportText(report: SubjectReport): string {
  const { derived, given, identities, told, experiments, permissions, at } = report;
  const { segment, predictions } = derived;
  const section = (title: string, lines: readonly string[]) =>
    `${title}\n${'-'.repeat(title.length)}\n${lines.length > 0 ? lines.join('\n') : 'Nothing.'}\n`;
  const features = Object.entries(derived.features).flatMap(([id, value]) => {
    const feature = featureById(id);
    return feature && typeof value === 'number' && Number.isFinite(value)
      ? [`${feature.label}: ${formatValue(value, feature.unit, null)}`]
      : [];
  });
  return [
    `What is held on you, as of ${at.slice(0, 10)}\n`,
    section(
      'By which ids and accounts you are known',
      identities.map(({ source, source_id, reason }) => `${source}: ${source_id} (${reason})`),
    ),
    ...Object.entries(given).map(([table, rows]) =>
      section(
        `${titles[table] ?? table} (${rows.length}; as the shop's tools told it)`,
        rows.map(row =>
          Object.entries(row)
            .filter(([column, value]) => value !== null && column !== 'profile_id')
            .map(([column, value]) => `${column.replaceAll('_', ' ')}: ${value}`)
            .join('; '),
        ),
      ),
    ),
    section(
      'What was worked out from it: your segment',
      segment
        ? [
            `${segment.name}, since ${segment.since.slice(0, 10)}: ${segment.sentence}`,
            `Why: ${segment.reason}`,
            `How clear that is, from 0 (as near to another segment) to 1: ${segment.confidence.toFixed(2)}`,
          ]
        : ['No segment: you have not ordered, have objected, or no segments were made since.'],
    ),
    section('What was worked out from it: figures', features),
    section(
      'What was worked out from it: predictions',
      predictions.map(({ what, value }) => `${what}: ${value}`),
    ),
    section(
      'Segments of before',
      derived.history.map(
        ({ segment_key, valid_from, valid_to }) =>
          `${segment_key}: ${String(valid_from).slice(0, 10)} to ${valid_to ? String(valid_to).slice(0, 10) : 'now'}`,
      ),
    ),
    section(
      'Live rules that you met',
      derived.audiencesLive.map(
        ({ trigger_id, entered_at, left_at }) => `${trigger_id}: from ${entered_at} to ${left_at ?? 'now'}`,
      ),
    ),
    section(
      'Who was told of you',
      told.map(
        ({ destination, under, added, since }) =>
          `${destination}, as a member of "${under}"${added === 'by kindred' ? (since ? ` since ${since.slice(0, 10)}` : ', not confirmed yet') : ' (you were there before)'}`,
      ),
    ),
    section(
      'Tests of campaigns that you are part of',
      experiments.map(
        ({ sync, arm, since }) =>
          `${sync}: ${arm === 'holdout' ? 'left out on purpose, to compare' : 'included'} since ${since.slice(0, 10)}`,
      ),
    ),
    section(
      'What you may be handed on for, by your consent',
      permissions.map(({ channel, allowed, reason }) => `${channel}: ${allowed ? 'yes' : 'no'} (${reason})`),
    ),
    'Texts of segments, summaries and the record of decisions hold figures of groups and nothing of single people.\n',
  ].join('\n');
}

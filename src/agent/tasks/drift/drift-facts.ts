import type { Finding } from '../../../segmentation/drift/finding.ts';
import { notesOn } from '../../../segmentation/history/findings.ts';
import type { Model } from '../../../segmentation/model.ts';
import type { RefreshRecord } from '../../../segmentation/refresh/record.ts';
import {
  fence,
  formatMoney,
  formatSize,
  formatValue,
  SMALLEST_REPORTED,
} from '../../../segmentation/wording.ts';

/** A finding with the label by which a text may refer to it. */
export interface LabelledFinding {
  label: string;
  finding: Finding;
}

/** Most severe first: what explains itself comes last, as it is no alarm. */
export function labelFindings(findings: readonly Finding[]): LabelledFinding[] {
  const order = ['alert', 'watch', 'note'] as const;
  const rank = ({ severity, explainedBy }: Finding) =>
    order.indexOf(severity) + (explainedBy === null ? 0 : order.length);
  return findings
    .map((finding, i) => ({ finding, i }))
    .sort((a, b) => rank(a.finding) - rank(b.finding) || a.i - b.i)
    .map(({ finding }, i) => ({ label: `F${i + 1}`, finding }));
}

/** What is known of the drift, as text: the findings, the segments then and now, what speaks for finding them anew. */
export function driftFacts(
  findings: readonly LabelledFinding[],
  { record, before, model, advice }: DriftBasis,
): string {
  const { currency } = model.population;
  const reasons = reasonsToRethink(findings, advice);
  return [
    `Date of the figures: ${record.asOf}. The date before: ${record.previous ?? 'none'}.`,
    '',
    'Findings:',
    ...findings.map(
      ({ label, finding }) =>
        `${label} [${[finding.severity, finding.kind, ...notesOn(finding, record.asOf, date => date)].join('; ')}] ${finding.sentence}`,
    ),
    ...(findings.length === 0 ? ['none'] : []),
    '',
    'Segments (customers now; customers at the date before; revenue of the last 90 days; orders of the last 90 days):',
    ...record.segments.map(({ key, name, size, revenueLast90Days, ordersLast90Days }) => {
      const then = before?.segments.find(segment => segment.key === key);
      const small = size < 10;
      const figures = small
        ? []
        : [formatMoney(revenueLast90Days, currency), formatValue(ordersLast90Days, 'count', null)];
      return `${fence(name)}: ${[formatSize(size), sizeThen(size, then?.size), ...figures].join('; ')}`;
    }),
    '',
    reasons.length > 0
      ? `What speaks for finding the segments anew: ${reasons.join(' ')}`
      : 'Nothing measured speaks for finding the segments anew.',
  ].join('\n');
}

/** A few who came or went would follow from the two sizes. */
function sizeThen(now: number, then: number | undefined): string {
  if (then === undefined) return 'none';
  const few = now !== then && Math.abs(now - then) < SMALLEST_REPORTED;
  return few && then >= SMALLEST_REPORTED ? 'nearly as many' : formatSize(then);
}

export interface DriftBasis {
  record: RefreshRecord;
  /** The record of the date before; undefined where there is none. */
  before: RefreshRecord | undefined;
  model: Model;
  /** Why the segments should be found anew, a sentence each. */
  advice: readonly string[];
}

/** A sentence each: why segments should be found anew, and segments that lose what they were worth. */
export function reasonsToRethink(findings: readonly LabelledFinding[], advice: readonly string[]): string[] {
  const hollow = findings.filter(
    ({ finding }) =>
      finding.kind === 'hollowing' && finding.severity === 'alert' && finding.explainedBy === null,
  );
  return [...advice, ...hollow.map(({ finding }) => finding.sentence)];
}

import type { DigestFacts } from '../../agent/tasks/digest/facts.ts';
import { brokenFeeds, type LevelledFinding, levelledFindings } from '../../agent/tasks/digest/findings.ts';
import { dateIn } from '../../date-in.ts';
import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { SlackContext } from '../context.ts';
import { ownTools } from './self.ts';

/** Findings that cannot wait for the digest, a broken feed first: of the latest record, as tools tell them. */
export interface Urgent {
  asOf: string;
  findings: LevelledFinding[];
}

export async function urgentFindings(slack: Pick<SlackContext, 'toolsOf'>): Promise<Urgent> {
  const { output } = await runTool(await ownTools(slack), 'show_drift', {});
  const drift = output as unknown as DigestFacts['drift'];
  const levelled = drift.compared ? levelledFindings(drift) : [];
  const broken = brokenFeeds(levelled);
  const others = levelled.filter(finding => finding.level === 'alert' && !broken.includes(finding));
  return { asOf: drift.asOf, findings: [...broken, ...others] };
}

/** Whether a look at the findings is worth it. */
export const hasUrgent = ({ kind, findings }: RefreshRecord) =>
  kind === 'refresh' &&
  findings.some(({ severity, explainedBy }) => severity === 'alert' && explainedBy === null);

const nameOf = ({ kind, about }: LevelledFinding) => `${kind} ${about}`;

/** What is told of a finding once a day: by the day of the record, so that a later look at it tells nothing again. */
export function alertSubject(finding: LevelledFinding, { createdAt }: RefreshRecord, timeZone: string) {
  return `${dateIn(timeZone, new Date(createdAt))} ${nameOf(finding)}`;
}

export const isAbout = (subject: string, finding: LevelledFinding) =>
  subject.slice('2026-11-16 '.length) === nameOf(finding);

import type { ImageBlock } from '@slack/types';
import type { LevelledFinding } from '../../agent/tasks/digest/findings.ts';
import { firstClause } from '../../agent/tasks/digest/first-clause.ts';
import { dated } from '../../agent/tasks/digest/told-finding.ts';
import { readingOf } from '../../agent/tasks/drift/readings.ts';
import { dayText, withDays } from '../../markdown/figures.ts';
import { actions, button } from '../blocks/actions.ts';
import { context, section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { bold, clip, moment, mrkdwn } from '../blocks/text.ts';
import type { DigestMessage } from './digest.ts';
import { digestActions } from './digest-actions.ts';
import { pointList } from './point-list.ts';

export interface AlertExtras {
  /** The date that its figures speak of. */
  asOf: string;
  /** ISO time at which they were computed. */
  refreshedAt: string;
  picture: ImageBlock | null;
}

/** A finding that cannot wait for the digest: what it is, what it means, and what to do. */
export function alertMessage(
  finding: LevelledFinding,
  { asOf, refreshedAt, picture }: AlertExtras,
): DigestMessage {
  const told = withDays(dated(finding, asOf));
  const clause = firstClause(told);
  const reading = readingOf(finding.kind);
  return {
    text: clip(`Alert: ${mrkdwn(told)}`, limits.message.text),
    blocks: [
      section(`🔴 ${bold(clause)}${mrkdwn(told.slice(clause.length))}`),
      ...(reading === null
        ? []
        : [
            pointList('What it means', [plainItem(reading.why), plainItem(reading.cause)]),
            pointList('What to do', [plainItem(reading.check), ...afterMending(finding)]),
          ]),
      ...(picture ? [picture] : []),
      actions([button({ action: digestActions.drift, text: 'Show drift' })]),
      context(`As of ${dayText(asOf)}, refreshed ${moment(refreshedAt)}. Told at once, as it is urgent.`),
    ],
  };
}

const plainItem = (text: string) => ({ about: null, text, why: null });

const afterMending = ({ kind }: LevelledFinding) =>
  kind === 'feed-stopped'
    ? [
        plainItem('Then ask whoever runs Kindred to redo the figures.'),
        plainItem('Until then, send nothing that rests on who moved, lapsed or went quiet.'),
      ]
    : [];

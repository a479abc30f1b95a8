import type { KnownBlock } from '@slack/types';
import { dayText } from '../../markdown/figures.ts';
import { formatCount } from '../../segmentation/wording.ts';
import { context, section } from '../blocks/layout.ts';
import { bold, mrkdwn } from '../blocks/text.ts';
import { answerForms } from './answer-actions.ts';
import type { Window } from './window.ts';

export const exportTitle = 'Export for me';

/** Lists are for those who work with them. */
export const exportRefusal =
  'Lists of customers are handed to analysts and approvers alone. Ask the person who runs Kindred to put your member ID into KINDRED_SLACK_ANALYSTS.';

/** What is about to leave, before it does. */
export function exportQuestion(
  { name, asOf, customers }: { name: string; asOf: string; customers: number },
  metadata: string,
): Window {
  if (customers === 0)
    return {
      title: exportTitle,
      blocks: [
        section(`${bold(name)}\nNobody is in it as of ${dayText(asOf)}, so there is nothing to export.`),
      ],
    };
  const people = customers === 1 ? '1 person' : `${formatCount(customers)} people`;
  return {
    title: exportTitle,
    blocks: [
      section(
        `${bold(name)}\nThis makes a file of *${people}*, as of ${dayText(asOf)}: customer ids, e-mail addresses, whether they may be written to, segment and scores. Who has several customer ids has a row for each.`,
      ),
      section(
        'It is *personal data*. The file comes to you alone, as a direct message from Kindred; the record keeps that you asked for it. Delete it when you no longer need it.',
      ),
    ],
    form: { id: answerForms.export, submit: 'Send me the file', metadata },
  };
}

export interface Exported {
  name: string;
  rows: number;
  withoutEmail: number;
  saidNo: number;
}

/** Beside the file, in the direct message. */
export function exportNote({ name, rows, withoutEmail, saidNo }: Exported): string {
  const notes = [
    withoutEmail > 0 ? `${formatCount(withoutEmail)} without an e-mail address` : '',
    saidNo > 0 ? `${formatCount(saidNo)} who said no to marketing: do not write to them` : '',
  ].filter(note => note !== '');
  return [
    `${bold(name)}: ${rowsText(rows)}${notes.length > 0 ? `, of which ${notes.join(', and ')}` : ''}.`,
    'This is personal data: keep it only as long as you need it.',
  ].join('\n');
}

const rowsText = (rows: number) => `${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}`;

/** How it ended. */
export type ExportEnd =
  | ({ kind: 'sent' } & Exported)
  | { kind: 'under-way' | 'just-sent'; name: string }
  | { kind: 'empty'; name: string }
  | { kind: 'too-large'; name: string; handle: string; rows: number };

export function exportEnd(end: ExportEnd): KnownBlock[] {
  switch (end.kind) {
    case 'sent':
      return [
        section(
          `${bold(end.name)}\nSent: ${rowsText(end.rows)} ${end.rows === 1 ? 'is' : 'are'} in your direct messages with Kindred.`,
        ),
        context('Nobody else in this workspace was shown the file.'),
      ];
    case 'under-way':
      return [
        section(`${bold(end.name)}\nThis list is being made for you already. It comes as a direct message.`),
      ];
    case 'just-sent':
      return [
        section(
          `${bold(end.name)}\nThis list was sent to you a moment ago: see your direct messages with Kindred.`,
        ),
      ];
    case 'empty':
      return [section(`${bold(end.name)}\nNobody is in it any more, so there is nothing to export.`)];
    case 'too-large':
      return [
        section(
          `${bold(end.name)}\nIts ${formatCount(end.rows)} rows are more than Slack takes as one file. Whoever runs Kindred can write them to a file with \`kindred audience export ${mrkdwn(end.handle)} --to FILE\`; a narrower audience fits.`,
        ),
      ];
  }
}

import type { KnownBlock, ModalView } from '@slack/types';
import { staysAsItIs } from '../../segmentation/proposals/outcome-words.ts';
import type { ProposalFacts } from '../approval/facts.ts';
import { actions } from '../blocks/actions.ts';
import { section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { mrkdwn, plainText } from '../blocks/text.ts';
import {
  changeBlocks,
  customersBlocks,
  detailsButton,
  summaryText,
  titleText,
  wordsBlocks,
} from './proposal-parts.ts';

/** What is submitted: the one way in Slack to decide. */
export const decisionDialog = 'proposal_decision';

/** Block and element of the reason. */
export const reasonField = 'reason';

const mostChanges = 8;
const longestReason = 2000;

/** Repeats what is about to be decided, and asks for a reason. */
export function proposalDialog(
  facts: ProposalFacts,
  decision: 'approve' | 'reject',
  metadata: string,
): ModalView {
  const { id } = facts;
  const title = decision === 'approve' ? 'Approve' : 'Reject';
  return {
    type: 'modal',
    callback_id: decisionDialog,
    private_metadata: metadata,
    title: plainText(`${title} ${id}?`, limits.view.title),
    submit: plainText(title, limits.view.button),
    close: plainText('Cancel', limits.view.button),
    blocks: [
      section(`${titleText(facts)}\n${summaryText(facts)}`),
      ...changeBlocks(facts, mostChanges),
      ...customersBlocks(facts),
      ...wordsBlocks(facts),
      section(consequenceText(facts, decision)),
      actions([detailsButton(id)]),
      reasonInput(facts, decision),
    ],
  };
}

function consequenceText({ kind, consequence }: ProposalFacts, decision: 'approve' | 'reject'): string {
  return decision === 'approve'
    ? `*If you approve*, ${mrkdwn(consequence)}.`
    : `*If you reject it*, nothing changes. ${mrkdwn(staysAsItIs(kind))}`;
}

function reasonInput({ kind }: ProposalFacts, decision: 'approve' | 'reject'): KnownBlock {
  const needed = needsReason(kind, decision);
  return {
    type: 'input',
    block_id: reasonField,
    optional: !needed,
    label: plainText(needed ? 'Why it is lawful and fair to use' : 'Why', limits.header.text),
    hint: plainText('Kept with your name and the time.', limits.header.text),
    element: {
      type: 'plain_text_input',
      action_id: reasonField,
      multiline: true,
      max_length: longestReason,
    },
  };
}

/** To allow what is sensitive somebody has to answer for. */
export const needsReason = (kind: ProposalFacts['kind'], decision: 'approve' | 'reject') =>
  kind === 'feature' && decision === 'approve';

/** A dialog that says something and asks nothing. `text` is mrkdwn of ours. */
export function noticeDialog(title: string, text: string): ModalView {
  return {
    type: 'modal',
    title: plainText(title, limits.view.title),
    close: plainText('Close', limits.view.button),
    blocks: [section(text)],
  };
}

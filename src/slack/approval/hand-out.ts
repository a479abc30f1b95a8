import { type Decided, decideProposal, type Ruling } from '../../decide-proposal.ts';
import type { Proposal } from '../../state/proposals.ts';
import type { SlackContext } from '../context.ts';
import { sendList } from '../lists/send-list.ts';
import type { Person } from '../people.ts';
import { asSlackError } from '../slack-error.ts';

type Written = Extract<Extract<Decided, { decision: 'approve' }>['approved'], { kind: 'written' }>;

/**
 * Approves that the members of an audience are handed out, and sends them to whoever approved it, as a file in their own
 * messages with Kindred: nobody else sees who they are. Once they are written it is decided, whether or not Slack takes the
 * file.
 *
 * @param channel where they pressed; null in the Home tab
 * @returns what is to be told where the file did not come; null where it did
 */
export async function handOut(
  slack: SlackContext,
  { person, proposal, channel }: { person: Person; proposal: Proposal; channel: string | null },
  ruling: Ruling,
): Promise<string | null> {
  const { id, subject: handle } = proposal;
  let isDecided = false;
  const write = async (file: string) => {
    const { approved } = (await decideProposal(slack.app, { ...ruling, file, decision: 'approve' })) as {
      approved: Written;
    };
    isDecided = true;
    return approved;
  };
  const again = `In a terminal, kindred audience export ${handle} --to FILE writes it again.`;
  try {
    const end = await sendList(slack, { person, handle, channel, write });
    if (end.kind === 'empty') return `${id} is approved; nobody is in the audience, so there is no file.`;
    return end.kind === 'sent' ? null : `${id} is approved; the file is too large for Slack. ${again}`;
  } catch (error) {
    if (!isDecided) throw error;
    slack.log.warn({ err: asSlackError(error), proposal: id }, 'a list was approved and could not be sent');
    return `${id} is approved, but Slack did not take the file. ${again}`;
  }
}

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Decided, decideProposal } from '../../decide-proposal.ts';
import type { Ruling } from '../../segmentation/proposals/decide.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';
import { asSlackError } from '../slack-error.ts';

type Written = Extract<Extract<Decided, { decision: 'approve' }>['approved'], { kind: 'written' }>;

/**
 * Approves that the members of an audience are handed out, and sends them to whoever approved it, as a file in their own
 * messages with Kindred: nobody else sees who they are. Once they are written it is decided, whether or not Slack takes the
 * file.
 *
 * @returns what is to be told where the file did not come; null where it did
 */
export async function handOut(slack: SlackContext, person: Person, ruling: Ruling): Promise<string | null> {
  const { app, log } = slack;
  const folder = await mkdtemp(join(app.tempDir, 'list-'));
  try {
    const file = join(folder, 'members.csv');
    const { approved } = (await decideProposal(app, { ...ruling, file, decision: 'approve' })) as {
      approved: Written;
    };
    try {
      await sendList(slack, person, approved, await readFile(file));
      return null;
    } catch (error) {
      log.warn(
        { err: asSlackError(error), proposal: ruling.id },
        'a list was approved and could not be sent',
      );
      const { handle } = approved.audience;
      return `${ruling.id} is approved, but Slack did not take the file. In a terminal, kindred audience export ${handle} --to FILE writes it again.`;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sendList(
  { client }: SlackContext,
  { id }: Person,
  { audience, rows, withoutEmail, saidNo }: Written,
  bytes: Buffer,
): Promise<void> {
  const { channel } = await client.conversations.open({ users: id });
  await client.filesUploadV2({
    channel_id: channel!.id!,
    file: bytes,
    filename: `${audience.handle}.csv`,
    title: `Members of ${audience.handle}`,
    initial_comment: `The members of ${audience.handle}, which you approved: ${rows} rows, ${withoutEmail} of them without an e-mail address, ${saidNo} of people who said no to marketing. For you alone: delete the file when you have used it.`,
  });
}

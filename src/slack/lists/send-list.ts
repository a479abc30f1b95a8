import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UpstreamError } from '../../errors.ts';
import type { ExportedAudience } from '../../segmentation/audiences/export-audience.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';
import { type ExportEnd, exportNote } from '../views/export-window.ts';

/** Folders of lists on their way, which a server that was killed may leave behind. */
export const listFolder = 'slack-list-';

/** Slack takes files of 1 GB; what is larger than this is no list that a person opens. */
const usualMost = 200 * 1024 * 1024;

export interface ListWanted {
  person: Person;
  handle: string;
  /** Where they asked for it; null where that was no channel. */
  channel: string | null;
  /** Writes the members to a file of this path. */
  write: (file: string) => Promise<ExportedAudience>;
}

/**
 * Has the members of an audience written to a file, sends it to one person by direct message, and removes it whatever
 * happens. Who had it, and where they asked, is recorded before it leaves.
 */
export async function sendList(
  slack: SlackContext,
  { person, handle, channel, write }: ListWanted,
  mostBytes = usualMost,
): Promise<ExportEnd> {
  const { app, client } = slack;
  await mkdir(app.tempDir, { recursive: true });
  const folder = await mkdtemp(join(app.tempDir, listFolder));
  try {
    const file = join(folder, `${handle}.csv`);
    const exported = await write(file);
    const { audience, rows } = exported;
    const { name } = audience;
    if (rows === 0) return { kind: 'empty', name };
    if ((await stat(file)).size > mostBytes) return { kind: 'too-large', name, handle, rows };
    const to = (await client.conversations.open({ users: person.id })).channel?.id;
    if (to === undefined)
      throw new UpstreamError(
        'Slack opens no direct messages with you.',
        'Write to Kindred once, and try again.',
      );
    const state = await app.state();
    await state.audit.append({
      at: app.now().toISOString(),
      actor: person.actor,
      action: 'audience.sent',
      subject: handle,
      details: { name, rows, by: 'slack', to: person.id, askedIn: channel },
    });
    await client.filesUploadV2({
      channel_id: to,
      file: await readFile(file),
      filename: `${handle}.csv`,
      title: name,
      initial_comment: exportNote({ name, ...exported }),
    });
    return { kind: 'sent', name, ...exported };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { App as Bolt } from '@slack/bolt';
import { InputError } from '../../../errors.ts';
import { showAudience } from '../../../segmentation/audiences/build-audience.ts';
import { exportAudience } from '../../../segmentation/audiences/export-audience.ts';
import type { SlackContext } from '../../context.ts';
import { listFolder, sendList } from '../../lists/send-list.ts';
import { type Person, personOf } from '../../people.ts';
import { answerActions, answerForms } from '../../views/answer-actions.ts';
import { exportRole } from '../../views/audience.ts';
import {
  type ExportEnd,
  exportEnd,
  exportQuestion,
  exportRefusal,
  exportTitle,
} from '../../views/export-window.ts';
import { mayAct } from '../../views/figures.ts';
import { waitingView } from '../../views/window.ts';
import { onPress } from './press.ts';
import { fillWindow, inWindow } from './window.ts';

/** How long after a list was sent it is not sent to the same person again. */
const momentMs = 60_000;

export function registerExport(bolt: Bolt, slack: SlackContext): void {
  const once = createOnce(slack);
  void removeLeftovers(slack);

  onPress(bolt, slack, answerActions.export, async ({ person, value, trigger, channel, tell }) => {
    if (!mayAct(person.role, exportRole)) return tell(exportRefusal);
    await inWindow(slack, { trigger, title: exportTitle }, async () => {
      const { audience, figures } = await figuresOf(slack, person, value ?? '');
      const { handle, name } = audience;
      return exportQuestion({ name, ...figures }, JSON.stringify({ handle, name, channel }));
    });
  });

  bolt.view(answerForms.export, async ({ ack, body, view }) => {
    const person = personOf(slack.config, body.user.id);
    const asked = askedIn(view.private_metadata);
    if (person === null || !mayAct(person.role, exportRole) || asked === null) return ack();
    await ack({ response_action: 'update', view: waitingView(exportTitle, 'The file is being made …') });
    await fillWindow(slack, view.id, exportTitle, async () => {
      const { handle, name, channel } = asked;
      const end = await once(`${person.id} ${handle}`, name, () =>
        sendList(slack, { person, handle, channel, write: file => written(slack, person, handle, file) }),
      );
      return { title: exportTitle, blocks: exportEnd(end) };
    });
  });
}

async function written(slack: SlackContext, person: Person, handle: string, file: string) {
  const tools = await slack.toolsOf(person);
  return tools.turn('export_audience', () => exportAudience(tools, { handle, file, actor: person.actor }));
}

/** In whole figures: whoever reads them is about to have the list. */
async function figuresOf(slack: SlackContext, person: Person, handle: string) {
  const tools = await slack.toolsOf(person);
  const known = await tools.state.audiences.byId(handle);
  if (!known)
    throw new InputError(
      'This audience was removed since.',
      'Ask the question again: the answer comes with a list of its own.',
    );
  return tools.turn('show_audience', () => showAudience(tools, handle));
}

/** Does something once for all who ask for it within a moment. */
function createOnce({ app }: SlackContext) {
  const underWay = new Set<string>();
  const done = new Map<string, number>();
  return async (key: string, name: string, work: () => Promise<ExportEnd>): Promise<ExportEnd> => {
    const now = app.now().getTime();
    for (const [old, at] of done) if (now - at >= momentMs) done.delete(old);
    if (underWay.has(key)) return { kind: 'under-way', name };
    if (done.has(key)) return { kind: 'just-sent', name };
    underWay.add(key);
    try {
      const end = await work();
      if (end.kind === 'sent') done.set(key, app.now().getTime());
      return end;
    } finally {
      underWay.delete(key);
    }
  };
}

function askedIn(metadata: string): { handle: string; name: string; channel: string | null } | null {
  try {
    const { handle, name, channel } = JSON.parse(metadata) as Record<string, unknown>;
    if (typeof handle !== 'string' || typeof name !== 'string') return null;
    return { handle, name, channel: typeof channel === 'string' ? channel : null };
  } catch {
    return null;
  }
}

/** Lists that a server which was killed left behind. */
async function removeLeftovers({ app: { tempDir } }: SlackContext): Promise<void> {
  const names = await readdir(tempDir).catch(() => []);
  for (const name of names)
    if (name.startsWith(listFolder))
      await rm(join(tempDir, name), { recursive: true, force: true }).catch(() => {});
}

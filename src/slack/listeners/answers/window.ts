import { InputError } from '../../../errors.ts';
import { wordsOf } from '../../../told-errors.ts';
import { section } from '../../blocks/layout.ts';
import type { SlackContext } from '../../context.ts';
import { asSlackError, slackCodeOf } from '../../slack-error.ts';
import { ownWords } from '../../views/said.ts';
import { type Window, waitingView, windowView } from '../../views/window.ts';

/** Opens a window at once, and fills it when `work` is done, with what went wrong where it fails. */
export async function inWindow(
  slack: SlackContext,
  { trigger, title }: { trigger: string; title: string },
  work: () => Promise<Window>,
): Promise<void> {
  const id = await openWindow(slack, trigger, title);
  await fillWindow(slack, id, title, work);
}

async function openWindow({ client }: SlackContext, trigger: string, title: string): Promise<string> {
  try {
    const opened = await client.views.open({ trigger_id: trigger, view: waitingView(title) });
    return opened.view!.id!;
  } catch (error) {
    if (slackCodeOf(error) !== 'expired_trigger_id') throw error;
    throw new InputError('Slack took too long to open a window.', 'Press the button once more.', {
      cause: error,
    });
  }
}

export async function fillWindow(
  slack: SlackContext,
  id: string,
  title: string,
  work: () => Promise<Window>,
): Promise<void> {
  let window: Window;
  try {
    window = await work();
  } catch (error) {
    if (slack.stopping.aborted) throw error;
    window = { title, blocks: [section(ownWords(wordsOf(asSlackError(error), slack)))] };
  }
  try {
    await slack.client.views.update({ view_id: id, view: windowView(window) });
  } catch (error) {
    // It was closed meanwhile.
    if (!['not_found', 'view_not_found'].includes(slackCodeOf(error))) throw error;
  }
}

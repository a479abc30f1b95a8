import type { App as Bolt } from '@slack/bolt';
import { wordsOf } from '../../../told-errors.ts';
import { section } from '../../blocks/layout.ts';
import type { SlackContext } from '../../context.ts';
import { personOf } from '../../people.ts';
import { asSlackError } from '../../slack-error.ts';
import { commandActions } from '../../views/command.ts';
import { refusalBlocks, refusalText } from '../../views/refusal.ts';
import { ownWords } from '../../views/said.ts';
import { onPress } from '../answers/press.ts';
import { commandOf } from './parse.ts';
import { shownFor } from './shown.ts';
import { showToEveryone } from './to-everyone.ts';
import { showToOne, tellOne } from './to-one.ts';

/** `/segments`: needs no model. */
export function registerSegmentsCommand(bolt: Bolt, slack: SlackContext): void {
  bolt.command('/segments', async ({ ack, command, respond }) => {
    await ack();
    const { user_id: user, channel_id: channel, text } = command;
    const person = personOf(slack.config, user);
    if (!person) return tellOne(respond, refusalText, refusalBlocks(user));
    try {
      const shown = await shownFor(await slack.toolsOf(person), commandOf(text ?? ''));
      await showToOne(slack, { person, shown, channel, respond });
    } catch (error) {
      if (slack.stopping.aborted) throw error;
      const words = wordsOf(asSlackError(error), slack);
      await tellOne(respond, words, [section(ownWords(words))]);
    }
  });

  // Of a button that is pressed again before it is gone.
  const underWay = new Set<string>();
  onPress(bolt, slack, commandActions.everyone, async ({ person, value, channel, respond, tell }) => {
    const key = `${person.id} ${channel} ${value}`;
    if (channel === null || underWay.has(key)) return;
    underWay.add(key);
    try {
      const shown = await shownFor(await slack.toolsOf(person), commandOf(value ?? ''));
      await showToEveryone(slack, { person, shown, channel, respond });
      // So that it is not shown twice: what was posted holds the same.
      await respond({ delete_original: true }).catch(() => tell('It is shown to everyone now.'));
    } finally {
      underWay.delete(key);
    }
  });
}

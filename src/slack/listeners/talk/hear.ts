import type { KnownBlock } from '@slack/types';
import type { SlackContext } from '../../context.ts';
import { type Person, personOf } from '../../people.ts';
import { type Askers, createAskers } from '../../talk/askers.ts';
import { type Heard, heardIn, type MessageEvent } from '../../talk/heard.ts';
import { filesRemark, filesText, helpBlocks, helpText } from '../../talk/help.ts';
import { promptsFor } from '../../talk/prompts.ts';
import { shopToAsk } from '../../talk/shop-to-ask.ts';
import { conversationOf } from '../../talk/spot.ts';
import type { Talk } from '../../talk/talk.ts';
import { refusalBlocks, refusalText } from '../../views/refusal.ts';

interface Told {
  botUserId?: string | undefined;
  teamId?: string | undefined;
}

/** Messages, and threads, that are remembered so that nothing is said twice. */
const mostRemembered = 2000;

/** Takes what is said to Kindred, and answers, refuses, or says what it can do. */
export function hear(slack: SlackContext, talk: Talk): (event: object, told: Told) => Promise<void> {
  const taken = remembering(mostRemembered);
  const refused = remembering(mostRemembered);
  let askers: Askers | undefined;

  const respond = async (heard: Heard, team: string, botUser: string) => {
    const { channel, thread, ts, user, text, hasFiles, kind } = heard;
    const spot = { channel, thread, team, user };
    const person = personOf(slack.config, user);
    askers ??= createAskers(slack.client, botUser);
    if (kind === 'mention') askers.add(heard);
    if (kind === 'remark') {
      if (person === null || text === '') return;
      const concerns = (answering: boolean) => isFollowUp(slack, askers!, heard, answering);
      return talk.ask({ spot, ts, person, text, concerns });
    }
    if (person === null) {
      if (refused(conversationOf(spot)))
        await talk.say({ spot, ts }, { text: refusalText, blocks: refusalBlocks(user) });
      return;
    }
    if (text === '' && hasFiles) return talk.say({ spot, ts }, { text: filesText, blocks: [] });
    if (text === '') return talk.say({ spot, ts }, { text: helpText, blocks: await help(slack, person) });
    return talk.ask({ spot, ts, person, text, ...(hasFiles && { remark: filesRemark }) });
  };

  return async (event, { botUserId, teamId }) => {
    if (botUserId === undefined) return;
    const message = event as MessageEvent;
    const heard = heardIn(message, botUserId);
    // A reply that is also sent to the channel is told of more than once.
    if (heard === null || !taken(`${heard.channel} ${heard.ts}`)) return;
    await respond(heard, message.user_team ?? message.team ?? teamId ?? '', botUserId);
  };
}

/** Without examples where there is no telling what can be asked. */
async function help(slack: SlackContext, person: Person): Promise<KnownBlock[]> {
  try {
    return helpBlocks(promptsFor(await shopToAsk(slack, person)));
  } catch (error) {
    slack.log.warn({ err: error }, 'what can be asked could not be found out');
    return helpBlocks([]);
  }
}

/**
 * A remark in a thread is taken for a question where the thread holds a conversation with Kindred and its author turned to
 * Kindred in it before. Colleagues talk below an answer, about it and to each other: what they say was not meant for a
 * machine, would be answered at their cost, and would reach a language model without their having asked for it.
 */
async function isFollowUp(
  slack: SlackContext,
  askers: Askers,
  heard: Heard,
  answering: boolean,
): Promise<boolean> {
  try {
    return (answering || (await isConversation(slack, heard))) && (await askers.had(heard));
  } catch (error) {
    // Nobody waits for an answer where it cannot be known whether somebody asked.
    slack.log.warn({ err: error }, 'a remark in a thread was passed over');
    return false;
  }
}

/** It is kept with its first answer. */
async function isConversation(slack: SlackContext, heard: Heard): Promise<boolean> {
  const state = await slack.app.state();
  return (await state.conversations.messages(conversationOf(heard))).length > 0;
}

/** Says whether something is new; forgets what was longest ago. */
function remembering(most: number): (what: string) => boolean {
  const known = new Set<string>();
  return what => {
    if (known.has(what)) return false;
    known.add(what);
    if (known.size > most) known.delete(known.values().next().value!);
    return true;
  };
}

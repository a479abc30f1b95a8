import type { KnownBlock } from '@slack/types';
import { wordsOf } from '../../told-errors.ts';
import { runTool } from '../../tools/run-tool.ts';
import { section } from '../blocks/layout.ts';
import { messagesOf } from '../blocks/messages.ts';
import { mrkdwn } from '../blocks/text.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';
import { promptsFor } from '../talk/prompts.ts';
import { shopToAsk } from '../talk/shop-to-ask.ts';
import { driftBlocks, movesBlocks } from '../views/changes.ts';
import { bullets } from '../views/figures.ts';
import type { AllMoves, ShownDrift } from '../views/results.ts';

/** What is asked for in the Home tab by a press. */
export type HomeQuestion = 'ask' | 'moves' | 'drift';

/** Answers it in the messages of that person with Kindred, where the talk can go on. */
export async function answerFromHome(
  slack: SlackContext,
  person: Person,
  question: HomeQuestion,
): Promise<void> {
  const { client } = slack;
  const { channel } = await client.conversations.open({ users: person.id });
  const [first = [], ...others] = messagesOf(await blocksFor(slack, person, question));
  const said = { channel: channel!.id!, text: titles[question] };
  const { ts } = await client.chat.postMessage({ ...said, blocks: first });
  for (const blocks of others) await client.chat.postMessage({ ...said, thread_ts: ts!, blocks });
}

const titles = {
  ask: 'What would you like to know about your customers?',
  moves: 'Who moved between the segments',
  drift: 'What changed',
} as const satisfies Record<HomeQuestion, string>;

async function blocksFor(slack: SlackContext, person: Person, question: HomeQuestion): Promise<KnownBlock[]> {
  if (question === 'ask') {
    const prompts = promptsFor(await shopToAsk(slack, person));
    const examples = bullets(prompts.map(({ message }) => mrkdwn(message)));
    return [section(`*${titles.ask}*\nWrite it here, in your own words. For instance:\n${examples}`)];
  }
  try {
    const context = await slack.toolsOf(person, { signal: slack.stopping });
    const { output } = await runTool(context, `show_${question}`, {});
    return question === 'moves'
      ? movesBlocks(output as unknown as AllMoves)
      : driftBlocks(output as unknown as ShownDrift);
  } catch (error) {
    return [section(mrkdwn(wordsOf(error, slack)))];
  }
}

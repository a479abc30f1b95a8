import { textOf } from '../blocks/markdown-inline.ts';
import { mrkdwn } from '../blocks/text.ts';
import type { SlackContext } from '../context.ts';
import { slackCodeOf } from '../slack-error.ts';
import { answerTo, type Posting, postOnce, type Reach } from './reach.ts';
import type { Spot } from './spot.ts';
import { isOfBlocks } from './telling.ts';

interface Refused {
  spot: Spot;
  /** Timestamp of the question. */
  asked: string;
  text: string;
  /** What Slack refused the answer with. */
  error: unknown;
}

/** Characters of one message of plain text. */
const longest = 3500;

/**
 * Where Slack takes an answer as it should look by no means: its words alone, and where it takes nothing there at all, to
 * the person who asked.
 */
export async function instead(
  { client, log }: Pick<SlackContext, 'client' | 'log'>,
  reach: Reach,
  { spot, asked, text, error }: Refused,
): Promise<void> {
  const texts = piecesOf(text).map(plainLines);
  const { key, since } = answerTo(spot.channel, asked);
  try {
    if (isOfBlocks(error)) return await post(reach, { ...spot, since, key }, texts);
    const why = `I cannot answer in <#${spot.channel}>: Slack says ${mrkdwn(slackCodeOf(error) || 'no')}. This is what I wanted to say.`;
    const { channel } = await client.conversations.open({ users: spot.user });
    if (channel?.id) await post(reach, { channel: channel.id, thread: null, since, key }, [why, ...texts]);
  } catch (again) {
    if (reach.stopping.aborted) throw again;
    log.error({ err: again }, 'an answer could not be told at all');
  }
}

async function post(
  reach: Reach,
  { channel, thread, since, key }: Omit<Posting, 'text' | 'blocks'>,
  texts: readonly string[],
): Promise<void> {
  for (const [i, text] of texts.entries())
    await postOnce(reach, { channel, thread, since, key: `${key} as text ${i + 1}`, text, blocks: [] });
}

/** At ends of lines where there are some. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let left = text;
  while (left.length > longest) {
    const end = left.lastIndexOf('\n', longest);
    const at = end > longest / 2 ? end : longest;
    pieces.push(left.slice(0, at));
    left = left.slice(at).trimStart();
  }
  return [...pieces, left];
}

const plainLines = (text: string) =>
  text
    .split('\n')
    .map(line => mrkdwn(textOf(line)))
    .join('\n');

import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { composeDigest } from '../../agent/tasks/digest/compose.ts';
import { type Digest, digestShape } from '../../agent/tasks/digest/digest.ts';
import { digestMarkdown } from '../../markdown/digest.ts';
import type { RefreshRecord } from '../../segmentation/refresh/record.ts';
import { refreshKey } from '../../segmentation/refresh/refresh-key.ts';
import type { State } from '../../state/state.ts';
import { messagesOf } from '../blocks/messages.ts';
import type { SlackContext } from '../context.ts';
import { digestMessage } from '../views/digest.ts';
import { newsOf } from './news.ts';
import type { SizesPicture } from './picture.ts';
import type { Render } from './renderer.ts';
import { ownTools } from './self.ts';

/** The digest that a message asks for, unless something newer is to be told. */
export const renderDigest =
  (picture: SizesPicture): Render =>
  async (slack, { subject }) => {
    const state = await slack.app.state();
    for (;;) {
      const record = await state.refreshes.latest();
      const news = newsOf(record, slack.app.now());
      if ('none' in news) return { superseded: news.none };
      if (!record || news.subject !== subject) return { superseded: 'Something newer is to be told.' };
      const kept = await digestOf(slack, state, record);
      if (!kept) continue;
      const { reply, ...digest } = kept;
      const { text, blocks } = digestMessage(digest, {
        picture: await picture(slack, refreshKey(record)),
        reply,
        refreshedAt: record.createdAt,
      });
      const [first, ...others] = messagesOf(blocks);
      return { text, parts: [first as KnownBlock[], ...others] };
    }
  };

/** As it is kept: with the reply by which people say what they think of it. */
const keptDigest = digestShape.extend({ reply: z.number().nullable().default(null) });

/** Written once for all channels: what was kept first stands. null where the segments changed while it was written. */
async function digestOf(slack: SlackContext, state: State, record: RefreshRecord) {
  const key = refreshKey(record);
  const known = await state.digests.get(key);
  if (known) return keptDigest.parse(known);
  const composed = await composeDigest(await ownTools(slack), await slack.app.model(), 'slack');
  const latest = await state.refreshes.latest();
  if (!composed || !latest || refreshKey(latest) !== key) return null;
  const { digest, why } = composed;
  if (why !== null) slack.log.warn({ why }, 'the digest was written without the model');
  const at = slack.app.now().toISOString();
  const reply = await keepReply(state, digest, at);
  return keptDigest.parse(await state.digests.keep(key, { ...digest, reply }, at));
}

/** As something that was said, so that it can be judged as answers are. It is sent also where that fails. */
async function keepReply({ replies }: State, digest: Digest, at: string): Promise<number | null> {
  const { asOf, author } = digest;
  const record = {
    at,
    actor: 'kindred',
    surface: 'slack',
    thread: null,
    purpose: 'digest' as const,
    question: `What happened in the week to ${asOf}?`,
    text: digestMarkdown(digest),
    author,
    sources: [],
    calls: [],
    answer: null,
  };
  return replies.record(record).catch(() => null);
}

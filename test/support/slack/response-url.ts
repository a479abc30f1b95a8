import type { Args } from './arguments.ts';
import { contentOf } from './content.ts';
import type { Asked, Reply } from './door.ts';
import { writeMessage } from './methods/chat.ts';
import { Refusal } from './refusal.ts';
import type { Message } from './types.ts';
import { changed, findMessage, newTs, type World } from './world.ts';

/** A post to a response_url: at most five, within half an hour. */
export function answerResponse(world: World, { what: id, args }: Asked): Reply {
  const to = world.responseUrls.get(id);
  if (!to) throw new Refusal('invalid_url', {}, 404);
  if (to.until < world.now) throw new Refusal('expired_url', {}, 404);
  if (to.left <= 0) throw new Refusal('used_url', {}, 404);
  to.left -= 1;
  const original = to.ts === null ? undefined : findMessage(world, to.channel, to.ts);
  if (isTrue(args.delete_original)) {
    if (!original) throw new Refusal('message_not_found', {}, 404);
    world.messages.splice(world.messages.indexOf(original), 1);
  } else if (original && isTrue(args.replace_original)) {
    Object.assign(original, contentOf(world, args), {
      edited: { user: world.app.botUser, ts: newTs(world) },
    });
  } else showResponse(world, to, args);
  changed(world, to.channel);
  return { status: 200, body: 'ok' };
}

/** What a response says, to everybody where it is `in_channel`, else to the person alone. */
export function showResponse(
  world: World,
  to: { user: string; channel: string; thread: string | null },
  args: Args,
): Message {
  const thread = typeof args.thread_ts === 'string' ? args.thread_ts : to.thread;
  return writeMessage(world, {
    channel: to.channel,
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(args.response_type === 'in_channel' ? {} : { ephemeral: to.user }),
    ...contentOf(world, args),
  });
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

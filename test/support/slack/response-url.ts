import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Args, readArguments } from './arguments.ts';
import { contentOf } from './content.ts';
import { writeMessage } from './methods/chat.ts';
import { Refusal, refuse } from './refusal.ts';
import type { Call, Message } from './types.ts';
import { changed, findMessage, newTs, type World } from './world.ts';

/** A post to a response_url. */
export function answerResponse(
  world: World,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): void {
  const call: Call = { method: 'response_url', args: {}, at: world.now, ok: true, error: null, status: 200 };
  world.calls.push(call);
  try {
    call.args = readArguments(request.headers['content-type'] ?? '', body);
    respond(world, id, call.args);
    response.writeHead(200).end('ok');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    Object.assign(call, { ok: false, error: error.code, status: 404 });
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error: error.code, ...error.more }));
  }
  changed(world);
}

/** At most five within half an hour. */
function respond(world: World, id: string, args: Args): void {
  const to = world.responseUrls.get(id);
  if (!to) throw new Refusal('invalid_url');
  if (to.until < world.now) refuse('expired_url');
  if (to.left <= 0) refuse('used_url');
  to.left -= 1;
  const original = to.ts === null ? undefined : findMessage(world, to.channel, to.ts);
  if (args.delete_original === true || args.delete_original === 'true') {
    if (!original) throw new Refusal('message_not_found');
    world.messages.splice(world.messages.indexOf(original), 1);
    return;
  }
  if (original && (args.replace_original === true || args.replace_original === 'true')) {
    Object.assign(original, contentOf(world, args), edited(world));
    return;
  }
  showResponse(world, to, args);
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

function edited(world: World): Pick<Message, 'edited'> {
  return { edited: { user: world.app.botUser, ts: newTs(world) } };
}

import type { World } from './world.ts';

/** How long a test waits before it is told what is there instead; never waited for where all goes well. */
const patience = 30_000;

/** Resolves as soon as it holds: looked at now and whenever something changes, there if a channel is given. */
export function until(
  world: World,
  holds: () => boolean,
  { limit = patience, channel = null }: { limit?: number | null; channel?: string | null } = {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      world.watchers.delete(look);
      clearTimeout(timer);
    };
    const look = () => {
      try {
        if (!holds()) return;
        stop();
        resolve();
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const timer =
      limit === null
        ? undefined
        : setTimeout(() => {
            stop();
            reject(new Error(`Waited ${limit / 1000} s in vain. ${described(world)}`));
          }, limit).unref();
    world.watchers.set(look, channel);
    look();
  });
}

function described(world: World): string {
  const messages = world.messages
    .slice(-12)
    .map(({ channel, ts, user, text }) => `${channel} ${ts} ${user}: ${text.slice(0, 120)}`);
  const calls = world.calls.slice(-12).map(call => `${call.method} ${call.ok ? 'ok' : call.error}`);
  return `Last messages:\n${messages.join('\n')}\nLast calls:\n${calls.join('\n')}`;
}

import { expect, it } from 'vitest';
import { UpstreamError } from '../../src/errors.ts';
import { startBeat } from '../../src/slack/beat.ts';

const slackWith = () => {
  const told: string[] = [];
  const stopping = new AbortController();
  const tell = (_: object, message: string) => told.push(message);
  return {
    told,
    stopping,
    slack: { log: { info: tell, warn: tell, error: tell }, stopping: stopping.signal },
  };
};
const hourly = { seconds: 3600, what: 'a look' };

it('looks at once, one look at a time, and its end waits for the one under way', async () => {
  const { slack } = slackWith();
  let looks = 0;
  let over = () => {};
  const { beat, stop } = startBeat(slack, {
    ...hourly,
    look: () => {
      looks += 1;
      return new Promise<void>(done => {
        over = done;
      });
    },
  });
  expect(looks).toBe(1);
  expect(beat()).toBe(beat());
  let ended = false;
  const ending = stop().then(() => {
    ended = true;
  });
  await Promise.resolve();
  expect(ended).toBe(false);
  over();
  await ending;
  await beat();
  expect(looks).toBe(1);
});

it('tells of a failure once, of another one too, and of the same after a look that was well', async () => {
  const { slack, told } = slackWith();
  const outcomes = ['a', 'a', 'b', '', 'b'];
  const { beat, stop } = startBeat(slack, {
    ...hourly,
    look: async () => {
      const what = outcomes.shift();
      if (what) throw new UpstreamError(what, 'Wait.');
    },
  });
  while (outcomes.length > 0) await beat();
  await beat();
  expect(told).toEqual(Array.from({ length: 3 }, () => 'a look failed and is tried again'));
  await stop();
});

it('looks at nothing any more, and tells of nothing, once the server stops', async () => {
  const { slack, told, stopping } = slackWith();
  let looks = 0;
  const { beat } = startBeat(slack, {
    ...hourly,
    look: async () => {
      looks += 1;
      stopping.abort();
      throw new Error('The state is closed.');
    },
  });
  await beat();
  await beat();
  expect(looks).toBe(1);
  expect(told).toEqual([]);
});

import { expect, test } from 'vitest';
import { OperatorError } from '../../../src/errors.ts';
import { isRequest, type Message, type RequestMessage } from '../../../src/mcp/stdio/message.ts';
import { createRelay } from '../../../src/mcp/stdio/relay.ts';
import type { Upstream, UpstreamEvents } from '../../../src/mcp/stdio/upstream.ts';

/** An upstream that notes what it hears, and answers only greetings by itself. */
interface Fake extends Upstream {
  heard: Message[];
  events: UpstreamEvents;
  closed: boolean;
}

function fake(events: UpstreamEvents, { standIn = false, greets = true } = {}): Fake {
  const made: Fake = {
    standIn,
    heard: [],
    events,
    closed: false,
    send(message) {
      made.heard.push(message);
      if (greets && isRequest(message) && message.method === 'initialize')
        events.message({ jsonrpc: '2.0', id: message.id, result: { protocolVersion: '2025-11-25' } });
    },
    async close() {
      made.closed = true;
    },
  };
  return made;
}

const ask = (id: number, method: string): RequestMessage => ({ jsonrpc: '2.0', id, method });
const answer = (id: number, result = {}): Message => ({ jsonrpc: '2.0', id, result });
const methods = ({ heard }: Fake) => heard.map(message => ('method' in message ? message.method : 'answer'));
/** Lets promises that are ready go on. */
const settled = () => new Promise(resolve => setImmediate(resolve));

/** A relay that is connected as `plan` says, one entry to a connection. */
function relayed(...plan: ((events: UpstreamEvents, standIn: Upstream | null) => Upstream | Error)[]) {
  const told: Message[] = [];
  const logged: string[] = [];
  const made: Fake[] = [];
  const relay = createRelay({
    async connect(events, { standIn, asked }) {
      if (!asked) return null;
      const next = plan.shift();
      if (!next) throw new Error('Nobody plans for another connection.');
      const found = next(events, standIn);
      if (found instanceof Error) throw found;
      if (found !== standIn) made.push(found as Fake);
      return found;
    },
    send: message => told.push(message),
    log: text => logged.push(text),
  });
  const say = async (...messages: Message[]) => {
    for (const message of messages) relay.take(message);
    await settled();
  };
  return { relay, told, logged, made, say };
}

const hello = [
  ask(0, 'initialize'),
  { jsonrpc: '2.0', method: 'notifications/initialized' },
] as const satisfies Message[];

test('what comes before there is an upstream reaches it in order', async () => {
  const { made, told, say } = relayed(events => fake(events));
  await say(...hello, ask(1, 'tools/list'));
  expect(methods(made[0]!)).toEqual(['initialize', 'notifications/initialized', 'tools/list']);
  expect(told).toMatchObject([{ id: 0 }]);
});

test('answers pass as they come, whatever the order of the questions', async () => {
  const { made, told, say } = relayed(events => fake(events));
  await say(ask(1, 'tools/call'), ask(2, 'tools/call'), ask(3, 'tools/call'));
  for (const id of [3, 1, 2]) made[0]!.events.message(answer(id));
  expect(told).toEqual([answer(3), answer(1), answer(2)]);
});

test('where the upstream goes, the next is greeted and asked again, and the client hears of none of it', async () => {
  const { made, told, say, logged } = relayed(
    events => fake(events),
    events => fake(events),
  );
  await say(...hello, ask(1, 'tools/list'));
  made[0]!.events.lost('killed');
  await settled();
  expect(methods(made[1]!)).toEqual(['initialize', 'notifications/initialized', 'tools/list']);
  made[1]!.events.message(answer(1, { tools: [] }));
  expect(told).toMatchObject([{ id: 0 }, { id: 1, result: { tools: [] } }]);
  expect(made[0]!.closed).toBe(true);
  expect(logged).toEqual([expect.stringContaining('killed')]);
});

test('the one that is gone is not heard any more', async () => {
  const { made, told, say } = relayed(
    events => fake(events),
    events => fake(events),
  );
  await say(ask(1, 'tools/list'));
  made[0]!.events.lost('killed');
  made[0]!.events.message(answer(1));
  made[0]!.events.lost('again');
  await settled();
  expect(told).toEqual([]);
  expect(made).toHaveLength(2);
});

test('one that goes away over its greeting is followed by another', async () => {
  const { made, told, say } = relayed(
    events => fake(events),
    events => {
      const gone = fake(events, { greets: false });
      return { ...gone, send: () => events.lost('gone too') };
    },
    events => fake(events),
  );
  await say(...hello, ask(1, 'ping'));
  made[0]!.events.lost('killed');
  await settled();
  expect(methods(made[2]!)).toEqual(['initialize', 'notifications/initialized', 'ping']);
  expect(told).toHaveLength(1);
});

test('three that do so are enough: the client is told', async () => {
  const dies = (events: UpstreamEvents) => ({ ...fake(events), send: () => events.lost('gone') });
  const { made, told, say } = relayed(events => fake(events), dies, dies, dies);
  await say(...hello, ask(1, 'ping'));
  made[0]!.events.lost('killed');
  await settled();
  expect(told).toMatchObject([
    { id: 0 },
    { id: 1, error: { message: expect.stringContaining('again and again') } },
  ]);
});

test('where nobody waits for an answer nothing is taken for one: that is when somebody asks', async () => {
  const { made, told, say } = relayed(
    events => fake(events),
    events => fake(events),
  );
  await say(...hello);
  made[0]!.events.lost('restarted');
  await settled();
  expect(made).toHaveLength(1);
  await say(ask(1, 'ping'));
  expect(methods(made[1]!)).toEqual(['initialize', 'notifications/initialized', 'ping']);
  expect(told).toHaveLength(1);
});

test('where nobody can be asked the client hears why, and the next question looks again', async () => {
  const { made, told, say } = relayed(
    () => new OperatorError('Nobody is there.', 'Start one.'),
    events => fake(events),
  );
  await say(ask(1, 'tools/list'));
  expect(told).toMatchObject([{ id: 1, error: { message: 'Nobody is there. Start one.' } }]);
  await say(ask(2, 'tools/list'));
  expect(methods(made[0]!)).toEqual(['tools/list']);
});

test('one that stands in answers what needs no store; the rest waits for a better one', async () => {
  const { made, told, say } = relayed(
    events => fake(events, { standIn: true }),
    (events, standIn) => {
      expect(standIn).toBe(made[0]);
      return fake(events);
    },
  );
  await say(...hello, ask(1, 'tools/list'), ask(2, 'tools/call'));
  expect(methods(made[0]!)).toEqual(['initialize', 'notifications/initialized', 'tools/list']);
  // The list that the stand-in had not given yet is asked of the better one.
  expect(methods(made[1]!)).toEqual(['initialize', 'notifications/initialized', 'tools/list', 'tools/call']);
  expect(made[0]!.closed).toBe(true);
  expect(told).toHaveLength(1);
});

test('where no better one comes the stand-in answers, and each question looks again', async () => {
  let looks = 0;
  const again = (_: UpstreamEvents, standIn: Upstream | null) => {
    looks++;
    return standIn!;
  };
  const { made, say } = relayed(events => fake(events, { standIn: true }), again, again);
  await say(ask(1, 'tools/call'));
  await say(ask(2, 'tools/call'));
  expect(methods(made[0]!)).toEqual(['tools/call', 'tools/call']);
  expect(looks).toBe(2);
});

test('what is cancelled while it waits reaches nobody', async () => {
  const { made, say, relay } = relayed(events => fake(events));
  await say(ask(1, 'tools/call'), ask(2, 'tools/call'), {
    jsonrpc: '2.0',
    method: 'notifications/cancelled',
    params: { requestId: 1 },
  });
  expect(made[0]!.heard).toEqual([ask(2, 'tools/call')]);
  made[0]!.events.message(answer(2));
  await relay.idle(60_000);
});

test('it is idle when the last answer is out, and at once where nobody waits', async () => {
  const { made, say, relay } = relayed(events => fake(events));
  await relay.idle(60_000);
  await say(ask(1, 'tools/call'), ask(2, 'tools/call'), ask(3, 'subscriptions/listen'));
  let idle = false;
  const wait = relay.idle(60_000).then(() => {
    idle = true;
  });
  made[0]!.events.message(answer(1));
  await settled();
  expect(idle).toBe(false);
  made[0]!.events.message(answer(2));
  await wait;
});

test('once closed it takes nothing and tells nothing', async () => {
  const { made, told, say, relay } = relayed(events => fake(events));
  await say(ask(1, 'tools/call'));
  await relay.close();
  made[0]!.events.message(answer(1));
  made[0]!.events.lost('closed');
  await say(ask(2, 'ping'));
  expect(told).toEqual([]);
  expect(made[0]!.closed).toBe(true);
  expect(made).toHaveLength(1);
});

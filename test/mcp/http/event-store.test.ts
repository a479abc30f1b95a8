import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventStore, isEventId } from '../../../src/mcp/http/event-store.ts';

const message = (text: string): JSONRPCMessage => ({ jsonrpc: '2.0', method: 'told', params: { text } });
const stream = fc.constantFrom('_GET_stream', '00000000-0000-4000-8000-000000000000');

test('whoever comes back gets what came on the stream after the event that they saw, once, in order', async () => {
  const told = fc.record({ stream, text: fc.string({ maxLength: 30 }), blank: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(told, { minLength: 1, maxLength: 40 }), fc.nat(), async (all, seen) => {
      const store = eventStore();
      const ids: string[] = [];
      for (const { stream, text, blank } of all)
        ids.push(await store.storeEvent(stream, blank ? ({} as JSONRPCMessage) : message(text)));
      expect(new Set(ids).size).toBe(all.length);
      const from = seen % all.length;
      const again: [string, unknown][] = [];
      const of = await store.replayEventsAfter(ids[from]!, {
        send: async (id, sent) => void again.push([id, sent]),
      });
      expect(of).toBe(all[from]!.stream);
      const missed = all.flatMap(({ stream, text, blank }, i) =>
        i > from && stream === of && !blank ? [[ids[i], message(text)]] : [],
      );
      expect(again).toEqual(missed);
    }),
  );
});

test('it keeps no more than it may, the newest for certain, and ids of what it dropped still count', async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(sizes, async lengths => {
      const store = eventStore({ characters: 500, messages: 5 });
      const first = await store.storeEvent('a', {} as JSONRPCMessage);
      for (const length of lengths) await store.storeEvent('a', message('x'.repeat(length)));
      const kept: JSONRPCMessage[] = [];
      await store.replayEventsAfter(first, { send: async (_, sent) => void kept.push(sent) });
      expect(kept.length).toBeLessThanOrEqual(5);
      expect(kept.at(-1)).toEqual(message('x'.repeat(lengths.at(-1)!)));
      const characters = kept.map(sent => JSON.stringify(sent).length).reduce((a, b) => a + b, 0);
      if (kept.length > 1) expect(characters).toBeLessThanOrEqual(500);
    }),
  );
});

test.each(['', 'a', 'a/', '/1', 'a/1/2', 'a b/1', `${'a'.repeat(65)}/1`, 'a/-1'])(
  '%j is no id of an event',
  async id => {
    expect(isEventId(id)).toBe(false);
    await expect(eventStore().replayEventsAfter(id, { send: async () => {} })).rejects.toThrow();
  },
);

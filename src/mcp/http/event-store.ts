import type { EventStore } from '@modelcontextprotocol/server';

interface Kept {
  number: number;
  stream: string;
  text: string;
}

/** Characters of JSON that a session keeps at most, and messages. */
const defaults = { characters: 2 ** 18, messages: 1000 };

/**
 * What a session was sent, for a client that lost its connection: in memory, the oldest dropped first. The id of an event
 * names its stream and its number, so that one who saw what was dropped since still gets what came after.
 */
export function eventStore(most: { characters: number; messages: number } = defaults): EventStore {
  const kept: Kept[] = [];
  let characters = 0;
  let last = 0;
  return {
    async storeEvent(stream, message) {
      last += 1;
      const text = JSON.stringify(message);
      // The first event of a stream is blank: it only gives the client an id to come back with.
      if (text !== '{}') {
        kept.push({ number: last, stream, text });
        characters += text.length;
      }
      // What was sent last may be the answer to all that work: it stays, however long it is.
      while (kept.length > 1 && (characters > most.characters || kept.length > most.messages))
        characters -= kept.shift()!.text.length;
      return `${stream}/${last}`;
    },
    async replayEventsAfter(id, { send }) {
      const place = placeOf(id);
      if (!place) throw new Error('No event has this id.');
      const missed = kept.filter(({ stream, number }) => stream === place.stream && number > place.number);
      for (const { stream, number, text } of missed) await send(`${stream}/${number}`, JSON.parse(text));
      return place.stream;
    },
  };
}

export function isEventId(id: string): boolean {
  return placeOf(id) !== undefined;
}

function placeOf(id: string): { stream: string; number: number } | undefined {
  const parts = /^([\w-]{1,64})\/(\d{1,15})$/.exec(id);
  return parts ? { stream: parts[1]!, number: Number(parts[2]) } : undefined;
}

import { createTurns, type Turns } from './turns.ts';

/**
 * The turns as each caller takes them: one place in the line at a time. Whoever asks for much at once waits behind their
 * own, and everybody else for one piece of it.
 */
export function fairTurns(turns: Turns): (caller: string) => Turns {
  const lines = new Map<string, { turns: Turns; waiting: number }>();
  return caller => ({
    ...turns,
    async take(name, work, signal) {
      const line = lines.get(caller) ?? { turns: createTurns(), waiting: 0 };
      lines.set(caller, line);
      line.waiting += 1;
      try {
        return await line.turns.take(name, () => turns.take(name, work, signal), signal);
      } finally {
        line.waiting -= 1;
        if (line.waiting === 0) lines.delete(caller);
      }
    },
  });
}

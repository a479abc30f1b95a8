import { tools } from '../../../src/tools/registry.ts';
import type { WantedCall, WrittenAnswer } from '../question.ts';

const proposing = new Set(tools.filter(({ effect }) => effect !== 'read').map(({ name }) => name));

/** The tools that the question asks for were called, and none that nobody asked for. */
export function toolFailures({ calls, expected }: WrittenAnswer): string[] {
  const called = new Set(calls.map(({ name }) => name));
  const unasked = [...called].filter(name => proposing.has(name) && !expected.proposes.includes(name));
  const missing = expected.calls.filter(ways => !ways.some(({ tool }) => called.has(tool)));
  const declined = expected.does === 'decline' ? [...called].filter(name => !unasked.includes(name)) : [];
  return [
    ...missing.map(ways => `${ways.map(({ tool }) => tool).join(' or ')} was not called.`),
    ...unasked.map(name => `${name} was called and nobody asked for it.`),
    ...declined.map(name => `${name} was called for a question that is to be declined.`),
  ];
}

/** Of the tools that were rightly called, one call says what the question says; null where none is wanted. */
export function argumentFailures({ calls, expected }: WrittenAnswer): string[] | null {
  const tried = expected.calls.flatMap(ways => {
    const made = calls.filter(({ name }) => ways.some(({ tool }) => tool === name));
    return made.length === 0 ? [] : [{ ways, made }];
  });
  if (tried.length === 0) return null;
  return tried
    .filter(
      ({ ways, made }) => !made.some(one => ways.some(way => way.tool === one.name && says(one.input, way))),
    )
    .map(({ made }) => `${made[0]!.name} was called with ${JSON.stringify(made[0]!.input)}.`);
}

function says(input: unknown, { mentions }: WantedCall): boolean {
  const said = JSON.stringify(input ?? {}).toLowerCase();
  return mentions.every(ways => ways.some(way => holds(said, way)));
}

/** A figure at its end goes no further: 500 is not in 5000. */
function holds(said: string, way: string): boolean {
  const at = said.indexOf(way);
  return at >= 0 && !(/\d$/.test(way) && /^[\d.]/.test(said.slice(at + way.length)));
}

import { fence, listed } from '../../segmentation/wording.ts';
import { findTool } from '../../tools/run-tool.ts';
import type { Call } from './evidence.ts';

/** Where figures of an answer come from. */
export interface Source {
  tool: string;
  /** "segment Champions", "audience Lapsed but recoverable (a-7144ac87)", "all segments". */
  what: string;
  /** The day whose figures they are; null where the result tells none. */
  asOf: string | null;
}

/** Taken from the calls, not from the model: one for each thing that was looked at, in the order of the calls. */
export function sourcesOf(calls: readonly Call[]): Source[] {
  const sources = new Map<string, Source>();
  for (const { name, output } of calls) {
    if (typeof output !== 'object' || output === null) continue;
    const result = output as Record<string, unknown>;
    const what = whatOf(name, result) ?? subjectOf(findTool(name).title);
    const asOf = dayOf(result.asOf);
    sources.set(`${what} ${asOf}`, { tool: name, what, asOf });
  }
  return [...sources.values()];
}

function whatOf(tool: string, result: Record<string, unknown>): string | null {
  const { handle, key, name } = result;
  // Names may be words of people; the fence takes out what could be more than words.
  const called = typeof name === 'string' ? fence(name).slice(1, -1) : null;
  if (typeof handle === 'string')
    return called === null ? `audience ${handle}` : `audience ${called} (${handle})`;
  if (typeof key === 'string') return `segment ${called ?? key}`;
  if (tool === 'list_segments') return 'all segments';
  const names = tool === 'find_segments' || tool === 'compare_segments' ? namesOf(result) : [];
  return names.length === 0 ? null : `${names.length === 1 ? 'segment' : 'segments'} ${listed(names)}`;
}

function namesOf({ found, segments }: Record<string, unknown>): string[] {
  const told = Array.isArray(found) ? found : Array.isArray(segments) ? segments : [];
  return told.flatMap(({ name }: Record<string, unknown>) =>
    typeof name === 'string' ? [fence(name).slice(1, -1)] : [],
  );
}

/** "moves between segments" of the title "Show moves between segments". */
const subjectOf = (title: string) =>
  lowerFirst(title.replace(/^(?:show|list|find|explain|review|plan|build|propose) (?:the |an? )?/i, ''));

const dayOf = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Proposals that calls opened, so that surfaces can say where to decide them. */
export function proposalsIn(calls: readonly Call[]): string[] {
  const ids = calls.flatMap(({ name, output }) =>
    name.startsWith('propose_') && output !== null
      ? [...JSON.stringify(output).matchAll(/"(p-\d+)"/g)].map(match => match[1]!)
      : [],
  );
  return [...new Set(ids)];
}

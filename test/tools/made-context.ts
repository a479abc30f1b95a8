import type { ToolContext } from '../../src/tools/tool.ts';

/** For tools that touch no store: those that it has none of throw. */
export function madeContext(changed: Partial<ToolContext> = {}): ToolContext {
  const none = (what: string) =>
    new Proxy({}, { get: (_, key) => () => Promise.reject(new Error(`No ${what} here: ${String(key)}`)) });
  return {
    warehouse: none('warehouse') as ToolContext['warehouse'],
    state: none('state') as ToolContext['state'],
    pool: none('pool') as ToolContext['pool'],
    now: () => new Date('2026-11-01T00:00:00Z'),
    actor: 'ada',
    role: 'analyst',
    progress: () => {},
    turn: (_, work) => work(),
    ...changed,
  };
}

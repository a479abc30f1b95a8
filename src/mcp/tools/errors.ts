import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import type { CallToolResult } from '@modelcontextprotocol/server';
import { KindredError } from '../../errors.ts';
import type { Log } from '../../log.ts';

const longest = 1500;

/** A failure that a model reads and acts on: what went wrong, and what to do. */
export function toolError(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

/**
 * What went wrong, in words that may leave the machine. What they leave out is in the log: paths, for whoever runs the
 * server, and all of a defect, under the reference that is told.
 */
export function wordsOf(error: unknown, log: Log): string {
  if (!(error instanceof KindredError)) {
    const reference = randomUUID().slice(0, 8);
    log.error({ err: error, reference }, 'a tool failed');
    return `Internal error, a defect of Kindred: ${reference}. Do not call it again; whoever runs Kindred finds more in the log under this reference.`;
  }
  const said = `${error.message} ${error.next}`;
  const told = withoutPaths(said);
  if (told !== said) log.warn({ err: error }, 'a tool was refused');
  return told.length > longest ? `${told.slice(0, longest)}…` : told;
}

/** Users and passwords of databases, and folders and files of this machine, which name people and projects. */
export function withoutPaths(text: string, home: string = homedir()): string {
  return text
    .replaceAll(/\b(postgres(?:ql)?:\/\/)\S+?(?=[.,;)]?(?:\s|$))/g, '$1…')
    .replaceAll(home, '~')
    .replaceAll(/(?<![\w:/.<])(?:~|[A-Za-z]:)?(?:[\\/][^\s\\/"'`,;()]+)+[\\/]?/g, path =>
      /[\\/]/.test(path.slice(1)) || path.startsWith('~') ? '(a path on the machine of Kindred)' : path,
    );
}

import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import type { App } from './app.ts';
import { KindredError } from './errors.ts';
import type { Log } from './log.ts';

const longest = 1500;

/**
 * What went wrong, in words that may leave the machine. What they leave out is in the log: paths, for whoever runs the
 * server, and all of a defect, under the reference that is told.
 */
export function wordsOf(error: unknown, { app, log }: { app: Pick<App, 'config'>; log: Log }): string {
  if (!(error instanceof KindredError)) {
    const reference = randomUUID().slice(0, 8);
    log.error({ err: error, reference }, 'a request failed');
    return `Internal error, a defect of Kindred: ${reference}. Do not try it again; whoever runs Kindred finds more in the log under this reference.`;
  }
  const said = `${error.message} ${error.next}`;
  const told = withoutPaths(said, [app.config.dataDir, homedir()]);
  if (told !== said) log.warn({ err: error }, 'a request was refused');
  return told.length > longest ? `${told.slice(0, longest)}…` : told;
}

/** Where a path stood: whoever runs Kindred reads it in the log. */
const hidden = '(path in the log)';

/**
 * Without users and passwords of databases, and without folders and files of this machine, which name people and projects.
 *
 * @param folders those that are known, as a path with spaces has no end otherwise
 */
export function withoutPaths(text: string, folders: readonly string[]): string {
  // A home that is the root of all paths names nobody, and is in every other.
  const known = folders.filter(folder => folder.length > 3).toSorted((a, b) => b.length - a.length);
  return known
    .reduce((left, folder) => left.replaceAll(folder, '/~/~'), text)
    .replaceAll(/\b(postgres(?:ql)?:\/\/)\S+/g, '$1…')
    .replaceAll(/(?<![\w:/.<])(?:~|[A-Za-z]:)?(?:[\\/][^\s\\/"'`,;()]+){2,}[\\/]?/g, path =>
      /[.:]$/.test(path) ? `${hidden}${path.at(-1)}` : hidden,
    );
}

import { setTimeout as wait } from 'node:timers/promises';
import { OperatorError } from '../errors.ts';
import { StoreHeld, type StoreServer } from '../store-lock.ts';
import { handOverPath } from '../web/hand-over-route.ts';

/**
 * How often it is looked whether the folder is free: in all, as another client's process may take it in between and is
 * asked as well, and in a row where its holder does not listen: one that has just taken it is about to.
 */
const looks = { every: 200, all: 150, silent: 25 };
/** For what that one has begun on the stores, which it does first. */
const patienceMs = 60_000;

/**
 * Takes a data folder with `take`; where a `kindred mcp` holds it for its client, that one is asked to let it go, and
 * passes its client on to whoever has it then.
 *
 * @param waiting called once, where there is something to wait for
 * @throws StoreHeld where whoever holds the folder keeps it; OperatorError where it is busy for too long
 */
export async function takeOver<T>(take: () => Promise<T>, waiting: () => void): Promise<T> {
  let told = false;
  let silent = 0;
  for (let look = 0; ; look++) {
    try {
      return await take();
    } catch (error) {
      if (!(error instanceof StoreHeld)) throw error;
      const { server } = error;
      silent = server ? 0 : silent + 1;
      if (look >= looks.all || silent > looks.silent) throw error;
      if (server && !(await letsGo(server))) throw error;
      if (server && !told) waiting();
      told ||= server !== null;
    }
    await wait(looks.every);
  }
}

/** Whether the folder comes free: its holder lets it go, or is ending. */
async function letsGo({ url, token }: StoreServer): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const signal = AbortSignal.timeout(patienceMs);
  try {
    const { status } = await fetch(new URL(handOverPath, url), { method: 'POST', headers, signal });
    return status !== 404;
  } catch (error) {
    if (!signal.aborted) return true;
    throw new OperatorError(
      `The MCP server of another program, at ${url}, holds the data folder and is busy with it.`,
      'Try again when it is done, or quit that program.',
      { cause: error },
    );
  }
}

import type { App } from '../app.ts';
import { allUris } from './resources/uris.ts';

/** Watches what stands, for those who told a client of it. */
export interface Watch {
  /**
   * Looks now, and tells where something changed since the last look; the first look only takes note. Rejects where the
   * state cannot be read.
   */
  look(): Promise<void>;
  stop(): void;
}

const seconds = 3;

/**
 * Calls `changed` with the URI of all that may read otherwise now, after segments, their figures or their texts changed (a
 * fit, refresh, promotion or rollback, a persona that was approved), also where another process wrote it. Begin it when
 * the first client listens, and stop it with the last: it opens the state at once, as what is changed from then on is
 * told, and asks it every few seconds. It does not keep the process alive.
 */
export function watchSegments(app: Pick<App, 'state'>, changed: (uris: readonly string[]) => void): Watch {
  /** undefined before the first look, null where nothing stood. */
  let known: number | null | undefined;
  let looking: Promise<void> | undefined;
  let stopped = false;
  const lookOnce = async () => {
    const { models } = await app.state();
    const before = known;
    known = (await models.lastChange())?.number ?? null;
    if (before === undefined || before === known) return;
    const keys = (await models.current())?.segments.map(({ key }) => key) ?? [];
    if (!stopped) changed(allUris(keys));
  };
  const watch: Watch = {
    // A look that takes longer than the pause is the next one as well.
    look() {
      looking ??= lookOnce().finally(() => {
        looking = undefined;
      });
      return looking;
    },
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
  // A database that does not answer now is asked again; whoever reads is told.
  const tryLook = () => watch.look().catch(() => {});
  const timer = setInterval(tryLook, seconds * 1000).unref();
  void tryLook();
  return watch;
}

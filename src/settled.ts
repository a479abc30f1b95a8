import type { App } from './app.ts';
import { settle } from './segmentation/refresh/settle.ts';

/**
 * The app, whose state is handed out only when it has taken over what a kill left between the stores: readers would see
 * what stood before until somebody writes. Opens both stores, in a turn of its own, when the state is first asked for.
 */
export function settled(app: App): App {
  let settling: Promise<void> | undefined;
  const settleOnce = () =>
    app.turns.take('opening the stores', async () => settle(await app.warehouse(), await app.state()));
  return {
    ...app,
    async state() {
      // Stores that cannot be had now are tried by whoever asks next.
      settling ??= settleOnce().catch(error => {
        settling = undefined;
        throw error;
      });
      await settling;
      return app.state();
    },
  };
}

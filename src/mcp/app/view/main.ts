import { App, type McpUiHostContext } from '@modelcontextprotocol/ext-apps';
import { charts } from './charts.ts';
import { answerOf, hostOf } from './host.ts';
import { applyHostLook, onDarkChange } from './theme.ts';

/** Connects to the chat around the page, and passes on what it tells. */
async function start(root: HTMLElement): Promise<void> {
  const app = new App(
    { name: 'kindred-charts', version: '1.0.0' },
    { availableDisplayModes: ['inline', 'fullscreen'] },
    { autoResize: true, strict: true },
  );
  // What arrives before the page knows what the chat offers waits for it.
  let connected: (page: ReturnType<typeof charts>) => void = () => {};
  const page = new Promise<ReturnType<typeof charts>>(resolve => {
    connected = resolve;
  });
  app.ontoolinput = async ({ arguments: input }) => (await page).asked(input);
  app.ontoolresult = async result => (await page).answered(answerOf(result));
  app.ontoolcancelled = async ({ reason }) => (await page).cancelled(reason);
  app.onhostcontextchanged = async () => {
    const { relook } = await page;
    look();
    relook(context());
  };
  app.onteardown = async () => ({});

  const context = (): McpUiHostContext => app.getHostContext() ?? {};
  const look = () => applyHostLook(context());
  look();
  onDarkChange(async () => {
    look();
    (await page).relook(context());
  });
  await app.connect();
  look();
  connected(
    charts(root, hostOf(app), context(), async mode => {
      const { mode: now } = await app.requestDisplayMode({ mode });
      return now;
    }),
  );
  // Fonts of the chat may come later, and words are then wider or narrower.
  document.fonts.addEventListener('loadingdone', async () => (await page).relook(context()));
}

start(document.getElementById('view')!).catch((error: unknown) => {
  const words = error instanceof Error ? error.message : String(error);
  document.getElementById('view')!.textContent =
    `The charts could not reach the chat that they are shown in. ${words}`;
});

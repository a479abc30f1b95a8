import type { McpServer } from '@modelcontextprotocol/server';
import type { App } from '../../app.ts';
import type { Log } from '../../log.ts';
import { pageMimeType } from '../client-of.ts';
import { resourceError } from '../resources/errors.ts';

/** Where clients find the page that draws charts live in a chat. */
export const chartsUri = 'ui://kindred/charts.html';

/** What a tool carries whose result the page draws; hosts from before the specification look for the second key. */
export const chartsMeta = { ui: { resourceUri: chartsUri }, 'ui/resourceUri': chartsUri };

/** The page carries all that it needs and asks no host on the network for anything; hosts hold it to that. */
const ui = {
  csp: { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] },
  prefersBorder: true,
};

/**
 * The page is made when a client asks for it, not before.
 *
 * @param page its HTML
 */
export function registerChartsView(
  server: McpServer,
  parts: { app: App; log: Log },
  page: () => Promise<string>,
): void {
  server.registerResource(
    'charts',
    chartsUri,
    {
      title: 'Charts',
      description:
        'Draws what show_chart returns, live in the chat: map, profile, moves and sizes of segments.',
      mimeType: pageMimeType,
      _meta: { ui },
    },
    async () => {
      try {
        return { contents: [{ uri: chartsUri, mimeType: pageMimeType, text: await page(), _meta: { ui } }] };
      } catch (error) {
        throw resourceError(error, chartsUri, parts);
      }
    },
  );
}

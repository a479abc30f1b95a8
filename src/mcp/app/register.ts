import type { McpServer } from '@modelcontextprotocol/server';
import { pageMimeType } from '../client-of.ts';
import { chartsHtml } from './html.ts';

/** Where clients find the page that draws charts live in a chat. */
export const chartsUri = 'ui://kindred/charts.html';

/** What a tool carries whose result the page draws; hosts from before the specification look for the second key. */
export const chartsMeta = { ui: { resourceUri: chartsUri }, 'ui/resourceUri': chartsUri };

/** The page carries all that it needs and asks no host on the network for anything; hosts hold it to that. */
const ui = {
  csp: { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] },
  prefersBorder: true,
};

/** The file is read when a client asks for it, not before. */
export function registerChartsView(server: McpServer): void {
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
    async () => ({
      contents: [{ uri: chartsUri, mimeType: pageMimeType, text: await chartsHtml(), _meta: { ui } }],
    }),
  );
}

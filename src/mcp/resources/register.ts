import {
  type McpServer,
  type ReadResourceResult,
  ResourceTemplate,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { App } from '../../app.ts';
import type { Log } from '../../log.ts';
import type { State } from '../../state/state.ts';
import { toolContext } from '../../tool-context.ts';
import type { ToolContext } from '../../tools/tool.ts';
import { recordCall } from '../audit.ts';
import type { Caller } from '../caller.ts';
import { personaText, segmentText } from './contents.ts';
import { resourceError } from './errors.ts';
import { fixedResources } from './fixed.ts';
import { completeKeys, personaKind, segmentKind, standingResources } from './standing.ts';
import { takeSubscriptions } from './subscriptions.ts';

const mimeType = 'text/markdown';
/** Of an address that is asked for, so much is kept: it is whatever a client sends. */
const longestKept = 200;

/** What can be read of the shop as pages: the segments and personas that stand, and the reports. */
export function registerResources(server: McpServer, app: App, caller: Caller, log: Log): void {
  const read = async (
    uri: URL,
    { mcpReq: { signal } }: ServerContext,
    write: (context: ToolContext) => Promise<string>,
  ): Promise<ReadResourceResult> => {
    try {
      await recordCall(app, caller, { kind: 'resource', name: uri.href.slice(0, longestKept) });
      const { actor, role } = caller;
      const text = await write(await toolContext(app, { actor, role, signal }));
      return { contents: [{ uri: uri.href, mimeType, text }] };
    } catch (error) {
      throw resourceError(error, uri.href, { app, log });
    }
  };

  /** A store that cannot be opened now leaves the other pages to be listed; reading one says why. */
  const whereOpen = <Item>(list: (state: State) => Promise<Item[]>): Promise<Item[]> =>
    app
      .state()
      .then(list)
      .catch(() => []);

  takeSubscriptions(server);
  for (const { uri, title, description, annotations, write } of fixedResources(app.config))
    server.registerResource(title, uri, { title, description, mimeType, annotations }, (url, ctx) =>
      read(url, ctx, write),
    );
  for (const { kind, write } of templates) {
    const { template, title, description, annotations } = kind;
    const shown = new ResourceTemplate(template, {
      list: async () => ({
        resources: await whereOpen(state => standingResources(state, kind)),
      }),
      complete: {
        key: typed => whereOpen(state => completeKeys(state, typed)),
      },
    });
    server.registerResource(
      title,
      shown,
      { title, description, mimeType, annotations },
      (url, { key }, ctx) => read(url, ctx, context => write(context, keyOf(key))),
    );
  }
}

const templates = [
  { kind: segmentKind, write: segmentText },
  { kind: personaKind, write: personaText },
];

/** As it stands in an address: what is no proper escape is taken as it is. */
function keyOf(variable: string | string[] | undefined): string {
  const raw = [variable ?? []].flat().join(',');
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

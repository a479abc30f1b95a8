import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type ClientCapabilities,
  type Implementation,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { tamed } from '../segmentation/wording.ts';

/** How clients say that they show pages, and how pages are told from other HTML (MCP Apps, 2026-01-26). */
const pagesExtension = 'io.modelcontextprotocol/ui';
export const pageMimeType = 'text/html;profile=mcp-app';

/** The program at the other end, by what it says of itself. */
export interface ClientOf {
  /** In one line and without a comma, as names are listed: it is what a program says, and nobody checks it. */
  name: string;
  /** Whether it can ask the person who uses it. */
  asks: boolean;
  /** Whether it shows pages of a server in the chat (MCP Apps). */
  showsPages: boolean;
}

/** Said with each request in the modern era, and once for a connection in the older one. */
export function clientOf({ server }: McpServer, { mcpReq }: ServerContext): ClientOf {
  const envelope = mcpReq.envelope as Record<string, unknown> | undefined;
  const info = (envelope?.[CLIENT_INFO_META_KEY] ?? server.getClientVersion()) as Implementation | undefined;
  const capabilities = (envelope?.[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities()) as
    | ClientCapabilities
    | undefined;
  const elicitation = capabilities?.elicitation;
  // Clients from before there were addresses to open declare an empty object, and mean forms.
  const asks = elicitation !== undefined && (elicitation.form !== undefined || elicitation.url === undefined);
  const pages = capabilities?.extensions?.[pagesExtension] as { mimeTypes?: unknown } | undefined;
  const showsPages = Array.isArray(pages?.mimeTypes) && pages.mimeTypes.includes(pageMimeType);
  const name = tamed(info?.title ?? info?.name ?? '', 60)
    .replaceAll(/,\s*/g, ' ')
    .trim();
  return { name: name === '' ? 'an MCP client' : name, asks, showsPages };
}

import type { Config } from '../../config.ts';
import { isLoopback } from '../../web/this-machine.ts';
import { scheduleView } from './jobs.ts';
import { wrap } from './text.ts';

/** What is told when the server takes requests. */
export function servingView(config: Config, url: string, now: Date, width: number): string {
  const open = isLoopback(config.host)
    ? ''
    : `${wrap('Other machines reach it too. Without TLS, tokens travel in the clear: put a proxy that has it in front.', width)}\n`;
  const slack = config.slack ? '' : 'Slack is not connected: see docs/connect-slack.md.\n';
  return `Kindred serves ${config.dataDir} at ${url}
MCP clients ask at ${url}/mcp, with a token that \`kindred token create\` makes.
${slack}${open}${scheduleView(config, now)}`;
}

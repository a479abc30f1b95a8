import type { WebClient } from '@slack/web-api';
import type { App } from '../app.ts';
import type { SlackConfig } from '../config.ts';
import type { Log } from '../log.ts';
import type { Progress } from '../progress.ts';
import type { ToolContext } from '../tools/tool.ts';
import type { Person } from './people.ts';

/** What everything under src/slack works with. */
export interface SlackContext {
  app: App;
  config: SlackConfig;
  /** Sends as the bot; waits where Slack says so, and tries again where Slack does not answer. */
  client: WebClient;
  log: Log;
  /** Aborted when the server stops. */
  stopping: AbortSignal;
  /** Tools as a person may use them, each of their calls in a turn of their own. */
  toolsOf(person: Person, options?: { progress?: Progress; signal?: AbortSignal }): Promise<ToolContext>;
}

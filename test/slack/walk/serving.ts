import { type Child, startChild } from '../../support/child.ts';
import type { FakeSlack } from '../../support/slack/fake-slack.ts';

const main = new URL('../../../src/main.ts', import.meta.url);

/** What a person sets before `kindred serve`; no schedule ends a test that runs on a Monday morning. */
function settingsOf(slack: FakeSlack): Record<string, string> {
  const { marketing, board } = slack.channels;
  return {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    KINDRED_SLACK_APPROVERS: `${slack.users.ana}:Ana`,
    KINDRED_SLACK_ANALYSTS: `${slack.users.ben}:Ben`,
    KINDRED_SLACK_DIGEST: marketing,
    KINDRED_SLACK_DIGEST_TIME: '00:00',
    KINDRED_SLACK_APPROVALS: board,
    KINDRED_REFRESH_SCHEDULE: 'off',
    KINDRED_RECLUSTER_SCHEDULE: 'off',
    KINDRED_PORT: '0',
    KINDRED_THREADS: '1',
  };
}

export interface Served {
  child: Child;
  /** Where it listens. */
  url: string;
}

/** `kindred serve` as a process of its own, connected to Slack. */
export async function serveSlack(slack: FakeSlack, data: string, how: 'socket' | 'http'): Promise<Served> {
  const secret =
    how === 'socket' ? { SLACK_APP_TOKEN: slack.appToken } : { SLACK_SIGNING_SECRET: slack.signingSecret };
  const settings = Object.entries({ ...settingsOf(slack), ...secret })
    .map(([name, value]) => `${name}='${value}'`)
    .join(' ');
  const child = startChild(main, ['serve', '--data', data], `export ${settings}`);
  const line = await child.line();
  const url = /http:\/\/127\.0\.0\.1:\d+$/.exec(line)?.[0];
  if (url === undefined) throw new Error(`It says where it listens by: ${line}`);
  while (!(await child.line()).startsWith('Slack: connected')) {}
  return { child, url };
}

/** As soon as it has ended: its exit code, or the signal that ended it. */
export async function end({ child }: Served, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
  child.process.kill(signal);
  return child.ended;
}

import type { WebClient } from '@slack/web-api';
import type { SlackConfig } from '../config.ts';
import { KindredError } from '../errors.ts';
import { clientOptions, slackClient } from './client.ts';
import { boltLog } from './connection/bolt-log.ts';
import { slackPath } from './connection/http-door.ts';
import type { Manifest } from './manifest.ts';
import { asSlackError, type SlackToken } from './slack-error.ts';

/** One thing that was looked at. */
export interface Finding {
  /** `note`: it may be meant so. */
  state: 'good' | 'missing' | 'note';
  what: string;
  /** What to do. */
  next?: string;
}

/** Looks whether Slack and the settings are as Kindred needs them. Writes nothing, and stays not connected. */
export async function checkSlack(config: SlackConfig, { oauth_config: asked }: Manifest): Promise<Finding[]> {
  const silence = { info() {}, warn() {}, error() {} };
  const calls = clientOptions(config, boltLog(silence));
  const bot = slackClient(config.botToken, calls);
  const found = [await botFinding(bot, asked.scopes.bot)];
  if (config.appToken === null) found.push(httpFinding);
  else {
    found.push(await connectionFinding(slackClient(config.appToken, calls)));
    if (config.signingSecret !== null) found.push(bothFinding);
  }
  if (found[0]!.state === 'good') found.push(...(await channelFindings(bot, config)));
  return [...found, ...peopleFindings(config)];
}

const httpFinding: Finding = {
  state: 'note',
  what: `Slack calls Kindred over HTTP at ${slackPath}.`,
  next: 'Whether SLACK_SIGNING_SECRET is right shows when it does: "Request URL" under "Event Subscriptions" of the app says "Verified" while `kindred serve` runs.',
};

const bothFinding: Finding = {
  state: 'note',
  what: 'SLACK_SIGNING_SECRET is not used: Kindred connects by itself with SLACK_APP_TOKEN.',
};

async function botFinding(client: WebClient, asked: readonly string[]): Promise<Finding> {
  return looked('SLACK_BOT_TOKEN', async () => {
    const { user, team, response_metadata: more } = await client.auth.test();
    const granted = more?.scopes;
    const missing = granted ? asked.filter(scope => !granted.includes(scope)) : [];
    if (missing.length === 0)
      return { state: 'good', what: `SLACK_BOT_TOKEN: Kindred is ${user} in ${team}, with all scopes.` };
    return {
      state: 'missing',
      what: `SLACK_BOT_TOKEN: Kindred is ${user} in ${team}, but the app lacks ${missing.join(', ')}.`,
      next: 'Paste slack/manifest.json into "App Manifest" of the app at https://api.slack.com/apps, and install the app again.',
    };
  });
}

function connectionFinding(client: WebClient): Promise<Finding> {
  return looked('SLACK_APP_TOKEN', async () => {
    await client.apps.connections.open();
    return { state: 'good', what: 'SLACK_APP_TOKEN: Kindred may connect by itself.' };
  });
}

async function channelFindings(
  client: WebClient,
  { digestChannels, digestTime, approvalsChannel }: SlackConfig,
): Promise<Finding[]> {
  const found: Finding[] = [];
  const readable = async (channel: string, name: string, what: string) => {
    const finding = await looked(`${name}: ${channel}`, async () => {
      await client.conversations.history({ channel, limit: 1 });
      return { state: 'good', what };
    });
    found.push(finding);
  };
  for (const { id, timeZone } of digestChannels)
    await readable(
      id,
      'KINDRED_SLACK_DIGEST',
      `The digest comes to ${id}, not before ${digestTime} in ${timeZone}.`,
    );
  if (digestChannels.length === 0)
    found.push({ state: 'note', what: 'No channel gets the digest: KINDRED_SLACK_DIGEST is not set.' });
  if (approvalsChannel !== null)
    await readable(approvalsChannel, 'KINDRED_SLACK_APPROVALS', `Proposals come to ${approvalsChannel}.`);
  return found;
}

const may = {
  approver: 'may approve and reject, propose and ask',
  analyst: 'may propose and ask',
  viewer: 'may ask',
} as const;

function peopleFindings({ people, others }: SlackConfig): Finding[] {
  if (people.length === 0 && others === null)
    return [
      {
        state: 'missing',
        what: 'Nobody in Slack may ask anything.',
        next: 'Set KINDRED_SLACK_APPROVERS, KINDRED_SLACK_ANALYSTS or KINDRED_SLACK_VIEWERS to member IDs, or KINDRED_SLACK_OTHERS to viewer.',
      },
    ];
  const named = people.map(({ id, name, role }): Finding => {
    return { state: 'good', what: `${name === '' ? id : `${name} (${id})`} ${may[role]}.` };
  });
  const everybody = others === null ? 'is told whom to ask' : may[others];
  const rest: Finding = { state: 'good', what: `Everybody else in the workspace ${everybody}.` };
  if (people.some(({ role }) => role === 'approver')) return [...named, rest];
  return [
    ...named,
    rest,
    { state: 'note', what: 'Nobody may approve in Slack: KINDRED_SLACK_APPROVERS is not set.' },
  ];
}

/** What `look` finds, or what keeps it from looking. */
async function looked(what: string, look: () => Promise<Finding>): Promise<Finding> {
  const token: SlackToken = what === 'SLACK_APP_TOKEN' ? what : 'SLACK_BOT_TOKEN';
  try {
    return await look();
  } catch (error) {
    const told = asSlackError(error, token);
    if (!(told instanceof KindredError)) throw error;
    const named = told.message.includes(what) ? told.message : `${what}: ${told.message}`;
    return { state: 'missing', what: named, next: told.next };
  }
}

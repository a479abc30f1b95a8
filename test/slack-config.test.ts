import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const tokens = { SLACK_BOT_TOKEN: 'xoxb-1-2-bot', SLACK_APP_TOKEN: 'xapp-1-A-app' };
const slackOf = (env: NodeJS.ProcessEnv) => readConfig(env).slack;
const next = (words: string) => expect.objectContaining({ next: expect.stringContaining(words) });

describe('Slack in the environment', () => {
  it('is not connected where nothing is set, or all is blank', () => {
    expect(slackOf({})).toBeNull();
    expect(slackOf({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: '' })).toBeNull();
    expect(slackOf({ KINDRED_SLACK_APPROVERS: 'U012AB3CD' })).toBeNull();
  });

  it('takes two tokens, and nobody may do anything', () => {
    expect(slackOf({ ...tokens, SLACK_BOT_TOKEN: ' xoxb-1-2-bot\n' })).toEqual({
      botToken: 'xoxb-1-2-bot',
      appToken: 'xapp-1-A-app',
      signingSecret: null,
      apiUrl: 'https://slack.com/api/',
      people: [],
      others: null,
      digestChannels: [],
      digestTime: '08:00',
      approvalsChannel: null,
    });
  });

  it('reads people with their roles, and channels with their zones', () => {
    const slack = slackOf({
      ...tokens,
      KINDRED_TIME_ZONE: 'Europe/London',
      KINDRED_SLACK_APPROVERS: 'U012AB3CD: Anna: of marketing , W045',
      KINDRED_SLACK_ANALYSTS: ' ',
      KINDRED_SLACK_VIEWERS: 'U0V:',
      KINDRED_SLACK_OTHERS: 'viewer',
      KINDRED_SLACK_DIGEST: 'C012AB3CD, G045@America/New_York',
      SLACK_API_URL: 'https://slack-gov.com/api',
    });
    expect(slack).toMatchObject({
      people: [
        { id: 'U012AB3CD', name: 'Anna: of marketing', role: 'approver' },
        { id: 'W045', name: '', role: 'approver' },
        { id: 'U0V', name: '', role: 'viewer' },
      ],
      others: 'viewer',
      digestChannels: [
        { id: 'C012AB3CD', timeZone: 'Europe/London' },
        { id: 'G045', timeZone: 'America/New_York' },
      ],
      apiUrl: 'https://slack-gov.com/api/',
    });
  });

  it.each([
    [{ SLACK_APP_TOKEN: tokens.SLACK_APP_TOKEN }, 'the bot token and either'],
    [{ SLACK_SIGNING_SECRET: 'a'.repeat(32) }, 'the bot token and either'],
    [{ SLACK_BOT_TOKEN: tokens.SLACK_BOT_TOKEN }, 'Set SLACK_APP_TOKEN'],
    [{ ...tokens, KINDRED_SLACK_APPROVERS: 'U0A', KINDRED_SLACK_VIEWERS: 'U0A' }, 'Name everybody once'],
    [{ ...tokens, KINDRED_SLACK_APPROVERS: 'U0A,U0A:Anna' }, 'Name everybody once'],
  ])('%j tells what is missing', (env, words) => {
    expect(() => readConfig(env)).toThrow(next(words));
  });

  it.each([
    [{ SLACK_BOT_TOKEN: 'xapp-1' }, /SLACK_BOT_TOKEN: must be the bot token/],
    [{ SLACK_APP_TOKEN: 'xoxb-1' }, /SLACK_APP_TOKEN: must be an app-level token/],
    [{ SLACK_SIGNING_SECRET: 'short' }, /SLACK_SIGNING_SECRET: must be the signing secret/],
    [{ SLACK_API_URL: 'ftp://slack' }, /SLACK_API_URL: must be an address/],
    [{ KINDRED_SLACK_APPROVERS: 'Anna' }, /KINDRED_SLACK_APPROVERS: must be member IDs/],
    [{ KINDRED_SLACK_OTHERS: 'approver' }, /KINDRED_SLACK_OTHERS: must be viewer or nothing/],
    [{ KINDRED_SLACK_DIGEST: '#marketing' }, /KINDRED_SLACK_DIGEST: must be channel IDs/],
    [{ KINDRED_SLACK_DIGEST: 'C012@' }, /KINDRED_SLACK_DIGEST: must have a time zone/],
    [
      { KINDRED_SLACK_DIGEST: 'C012, C012@America/New_York' },
      /KINDRED_SLACK_DIGEST: must name each channel once/,
    ],
    [{ KINDRED_SLACK_DIGEST_TIME: '8:00' }, /KINDRED_SLACK_DIGEST_TIME: must be a time of the day/],
    [{ KINDRED_SLACK_APPROVALS: 'C1, C2' }, /KINDRED_SLACK_APPROVALS: must be the ID of a Slack channel/],
  ])('%j is told by its name', (env, message) => {
    expect(() => readConfig({ ...tokens, ...env })).toThrow(message);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeSlack, fakeSlack } from '../support/slack/fake-slack.ts';
import { kindred } from '../support/terminal.ts';

let fake: FakeSlack;
beforeEach(async () => {
  fake = await fakeSlack();
});
afterEach(() => fake.close());

const check = (env: NodeJS.ProcessEnv = {}, args: string[] = []) =>
  kindred(['slack', 'check', ...args], {
    SLACK_BOT_TOKEN: fake.botToken,
    SLACK_APP_TOKEN: fake.appToken,
    SLACK_API_URL: fake.apiUrl,
    KINDRED_SLACK_APPROVERS: `${fake.users.ana}:Ana`,
    KINDRED_SLACK_DIGEST: `${fake.channels.marketing}@Europe/London`,
    ...env,
  });

describe('kindred slack check', () => {
  test('says line by line that all is well', async () => {
    const { code, out, err } = await check({
      KINDRED_SLACK_ANALYSTS: fake.users.ben,
      KINDRED_SLACK_OTHERS: 'viewer',
      KINDRED_SLACK_APPROVALS: fake.channels.board,
    });
    expect(err).toBe('');
    expect(out.split('\n')).toEqual([
      expect.stringMatching(/^✓ SLACK_BOT_TOKEN: Kindred is kindred in .+, with all scopes\.$/),
      '✓ SLACK_APP_TOKEN: Kindred may connect by itself.',
      `✓ The digest comes to ${fake.channels.marketing}, not before 08:00 in Europe/London.`,
      `✓ Proposals come to ${fake.channels.board}.`,
      `✓ Ana (${fake.users.ana}) may approve and reject, propose and ask.`,
      `✓ ${fake.users.ben} may propose and ask.`,
      '✓ Everybody else in the workspace may ask.',
      '',
      'Slack is set up: start `kindred serve`, and write to Kindred.',
      '',
    ]);
    expect(code).toBe(0);
    expect(fake.connections()).toBe(0);
    expect(fake.calls().map(({ method }) => method)).toEqual([
      'auth.test',
      'apps.connections.open',
      'conversations.history',
      'conversations.history',
    ]);
  });

  test('says what to do where Kindred is in a channel not, or there is none', async () => {
    const { code, out } = await check({ KINDRED_SLACK_DIGEST: `${fake.channels.random}, C0NOWHERE` });
    expect(code).toBe(1);
    expect(out).toContain(`✗ KINDRED_SLACK_DIGEST: ${fake.channels.random}: `);
    expect(out).toContain('  Type /invite @Kindred in the channel.');
    expect(out).toContain('✗ KINDRED_SLACK_DIGEST: C0NOWHERE: ');
    expect(out).toContain('Slack is not set up yet');
  });

  test.each([
    ['auth.test', 'SLACK_BOT_TOKEN', 'Copy the Bot User OAuth Token'],
    [
      'apps.connections.open',
      'SLACK_APP_TOKEN',
      'Generate an app-level token with the scope connections:write',
    ],
  ])('says which token is refused by %s', async (method, token, next) => {
    fake.fail(method, { error: 'invalid_auth', times: 9 });
    const { code, out } = await check();
    expect(code).toBe(1);
    expect(out).toContain(`✗ Slack refuses ${token} (invalid_auth).`);
    expect(out).toContain(next);
  });

  test('names scopes that the app lacks', async () => {
    await fake.close();
    fake = await fakeSlack({ scopes: ['chat:write', 'channels:history', 'im:history'] });
    const { code, out } = await check();
    expect(code).toBe(1);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(
      'the app lacks app_mentions:read, assistant:write, commands, files:write, groups:history, im:write.',
    );
  });

  test('says that nobody may ask, who may approve, and where no digest goes', async () => {
    const nobody = await check({ KINDRED_SLACK_APPROVERS: '', KINDRED_SLACK_DIGEST: '' });
    expect(nobody.code).toBe(1);
    expect(nobody.out).toContain('✗ Nobody in Slack may ask anything.');
    expect(nobody.out).toContain('– No channel gets the digest: KINDRED_SLACK_DIGEST is not set.');
    const viewers = await check({ KINDRED_SLACK_APPROVERS: '', KINDRED_SLACK_OTHERS: 'viewer' });
    expect(viewers.code).toBe(0);
    expect(viewers.out).toContain('– Nobody may approve in Slack: KINDRED_SLACK_APPROVERS is not set.');
  });

  test('over HTTP says what it cannot see; of two ways it says which', async () => {
    const secret = { SLACK_SIGNING_SECRET: fake.signingSecret };
    const http = await check({ ...secret, SLACK_APP_TOKEN: '' });
    expect([http.code, http.out]).toEqual([
      0,
      expect.stringContaining('– Slack calls Kindred over HTTP at /slack/events.'),
    ]);
    expect(fake.calls('apps.connections.open')).toEqual([]);
    expect((await check(secret)).out).toContain('– SLACK_SIGNING_SECRET is not used');
  });

  test('without a token says where to begin, and holds no secret', async () => {
    const { code, err } = await kindred(['slack', 'check'], {});
    expect(code).toBe(1);
    expect(err).toContain('docs/connect-slack.md');
    const { out } = await check({}, ['--json']);
    expect(JSON.parse(out)).toMatchObject({
      findings: expect.arrayContaining([{ state: 'good', what: expect.any(String) }]),
    });
    expect(out).not.toContain(fake.botToken);
  });
});

describe('kindred slack manifest', () => {
  test('prints what is pasted into Slack, also for HTTP', async () => {
    const { code, json } = await kindred(['slack', 'manifest']);
    expect(code).toBe(0);
    expect(json()).toMatchObject({ settings: { socket_mode_enabled: true } });
    const http = await kindred(['slack', 'manifest', '--url', 'https://kindred.example.com']);
    expect(http.json()).toMatchObject({
      settings: { event_subscriptions: { request_url: 'https://kindred.example.com/slack/events' } },
    });
    const refused = await kindred(['slack', 'manifest', '--url', 'http://localhost:7373']);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('over TLS')]);
  });
});

import { describe, expect, test } from 'vitest';
import type { AccessToken } from '../../../src/access/token.ts';
import { servingView } from '../../../src/cli/views/serving.ts';
import { createdView, tokensView } from '../../../src/cli/views/token.ts';
import { readConfig } from '../../../src/config.ts';

const made = {
  id: '0a1b2c3d',
  name: "Ada's laptop",
  role: 'analyst',
  createdAt: '2026-11-22T12:00:00.000Z',
  createdBy: 'ada',
  expiresAt: '2027-02-20T12:00:00.000Z',
} as const;
const token = `kin_0a1b2c3d_${'5'.repeat(64)}`;

describe('a token that was made', () => {
  test('stands on a line of its own, with where to put it', () => {
    expect(createdView({ ...made, token }, readConfig({}), 100)).toBe(
      `The token "Ada's laptop" may read and propose, until 2027-02-20. It is shown this once:

  ${token}

Claude Desktop: paste it as the access token of the Kindred extension, which \`kindred mcpb --server\` makes.
Other clients:  http://127.0.0.1:7373/mcp with the header "Authorization: Bearer TOKEN".
`,
    );
  });

  test.each([
    [{ KINDRED_HOST: '::1', KINDRED_PORT: '80' }, 'http://[::1]:80/mcp'],
    [{ KINDRED_HOST: '0.0.0.0' }, 'http://THIS-MACHINE:7373/mcp'],
    [{ KINDRED_PORT: '0' }, 'http://127.0.0.1:PORT/mcp'],
    [{ KINDRED_ALLOWED_HOSTS: 'kindred.example.org, other' }, 'https://kindred.example.org/mcp'],
  ])('goes where %j says', (env, address) => {
    expect(createdView({ ...made, token }, readConfig(env), 100)).toContain(
      `Other clients:  ${address} with`,
    );
  });
});

test('tokens are listed with how they stand, and when they ended', () => {
  const live: AccessToken = { ...made, revokedAt: null, revokedBy: null, lastUsedOn: '2026-11-22' };
  const revoked: AccessToken = {
    ...live,
    id: '00000002',
    name: 'n8n',
    revokedAt: '2026-12-01T00:00:00.000Z',
    revokedBy: 'bob',
    lastUsedOn: null,
  };
  expect(
    tokensView(
      [
        { ...live, standing: 'live' },
        { ...revoked, standing: 'revoked' },
      ],
      100,
    ),
  ).toBe(`Name          Role     State    Ends        Last used   Made by  Id
Ada's laptop  analyst  live     2027-02-20  2026-11-22  ada      0a1b2c3d
n8n           analyst  revoked  2026-12-01  never       ada      00000002
`);
  expect(tokensView([], 100)).toContain('nobody can ask over HTTP');
});

test('a server that others reach says that tokens travel in the clear', () => {
  const schedules = {
    KINDRED_REFRESH_SCHEDULE: 'off',
    KINDRED_RECLUSTER_SCHEDULE: 'off',
    KINDRED_SYNC_IN_SCHEDULE: 'off',
  };
  const told = (host: string) =>
    servingView(
      readConfig({ ...schedules, KINDRED_HOST: host }, '/shop'),
      `http://${host}:7373`,
      new Date(),
      100,
    );
  expect(told('127.0.0.1')).toBe(`Kindred serves /shop at http://127.0.0.1:7373
MCP clients ask at http://127.0.0.1:7373/mcp, with a token that \`kindred token create\` makes.
Slack is not connected: see docs/connect-slack.md.
All schedules are switched off.
`);
  expect(told('192.168.1.5')).toContain(
    'Other machines reach it too. Without TLS, tokens travel in the clear',
  );
});

import type { IssuedToken, listTokens } from '../../access/manage.ts';
import type { AccessToken } from '../../access/token.ts';
import type { Config } from '../../config.ts';
import { textTable } from './table.ts';
import { oneLine, wrap } from './text.ts';

type ListedToken = Awaited<ReturnType<typeof listTokens>>[number];

const day = (iso: string) => iso.slice(0, 10);

/** With the token on a line of its own, for copying. */
export function createdView(
  { token, name, role, expiresAt }: IssuedToken,
  config: Pick<Config, 'host' | 'port' | 'allowedHosts'>,
  width: number,
): string {
  const made = `The token "${oneLine(name)}" may ${may[role]}, until ${day(expiresAt)}. It is shown this once:`;
  return `${wrap(made, width)}

  ${token}

${role === 'lookup' ? forPrograms(config) : forPeople(config)}`;
}

function forPeople(config: Listening): string {
  return `Claude Desktop: paste it as the access token of the Kindred extension, which \`kindred mcpb --server\` makes.
Other clients:  ${addressOf(config)}/mcp with the header "Authorization: Bearer TOKEN".
`;
}

function forPrograms(config: Listening): string {
  return `The shop's server asks ${addressOf(config)}/v1/customers/ID/segment with the header
"Authorization: Bearer TOKEN". Keep it from browsers: whoever has it can look anybody up.
`;
}

const may: Readonly<Record<AccessToken['role'], string>> = {
  viewer: 'read',
  analyst: 'read and propose',
  approver: 'read, propose and decide',
  lookup: 'look up segments of customers',
};

type Listening = Pick<Config, 'host' | 'port' | 'allowedHosts'>;

/** Where clients of other machines go, as far as the configuration knows. */
function addressOf({ host, port, allowedHosts }: Listening): string {
  const [name] = allowedHosts;
  if (name) return `https://${name}`;
  const machine =
    host === '0.0.0.0' || host === '::' ? 'THIS-MACHINE' : host.includes(':') ? `[${host}]` : host;
  return `http://${machine}:${port || 'PORT'}`;
}

export function tokensView(tokens: readonly ListedToken[], width: number): string {
  if (tokens.length === 0)
    return 'There are no tokens: nobody can ask over HTTP. `kindred token create --help` shows how to make one.\n';
  return textTable(
    [
      { head: 'Name', grows: true },
      { head: 'Role' },
      { head: 'State' },
      { head: 'Ends' },
      { head: 'Last used' },
      { head: 'Made by' },
      { head: 'Id' },
    ],
    tokens.map(({ id, name, role, standing, expiresAt, revokedAt, lastUsedOn, createdBy }) => [
      oneLine(name),
      role,
      standing,
      day(revokedAt ?? expiresAt),
      lastUsedOn ?? 'never',
      oneLine(createdBy),
      id,
    ]),
    width,
  );
}

export function revokedView({ id, name }: AccessToken): string {
  return `Revoked the token of "${oneLine(name)}" (${id}): requests with it are refused from now on.\n`;
}

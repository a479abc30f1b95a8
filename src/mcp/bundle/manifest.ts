import { tools } from '../../tools/registry.ts';
import { version } from '../../version.ts';

/** What a bundle connects to. */
export type BundleTarget =
  /** A server that runs elsewhere or here; the address stands in the form already. */
  | { kind: 'server'; url: string }
  /** Kindred on this machine: what runs it, and the folder that stands in the form already. */
  | { kind: 'folder'; dataDir: string; node: string; main: string; stores: Stores };

/** Postgres instead of the stores in the folder: asked for at the installation, as their addresses hold passwords. */
export interface Stores {
  warehouse: boolean;
  state: boolean;
}

interface Setting {
  type: 'string' | 'directory';
  title: string;
  description: string;
  required: boolean;
  sensitive?: boolean;
  default?: string;
}

/** Where a bundle keeps what the manifest speaks of. */
export const places = { entry: 'server/index.mjs', icon: 'icon.png' } as const;

const description = 'Customer segments that live: who they are, who moved, what drifted, and what to do.';

const long = `Ask about the groups of customers in your shop who behave alike: who they are, what they are worth, who moved last week, what drifted, whom a campaign should reach.

Claude sees figures of groups only, never a customer. Groups of fewer than ten customers are not told. Claude may propose changes; a person decides.`;

/** The manifest of a bundle, version 0.3: github.com/modelcontextprotocol/mcpb, MANIFEST.md. */
export function manifestOf(target: BundleTarget) {
  const { settings, env } = target.kind === 'server' ? ofServer(target) : ofFolder(target);
  return {
    manifest_version: '0.3',
    name: 'kindred',
    display_name: 'Kindred',
    version,
    description,
    long_description: long,
    author: { name: 'Kindred' },
    license: 'MIT',
    icon: places.icon,
    keywords: ['customer segmentation', 'e-commerce', 'marketing', 'personas'],
    server: {
      type: 'node',
      entry_point: places.entry,
      // The client puts its folder for `__dirname`.
      mcp_config: { command: 'node', args: [`\${__dirname}/${places.entry}`], env },
    },
    tools: tools.map(({ name, description }) => ({ name, description })),
    // The role decides which of them there are, and prompts are written by the server.
    tools_generated: true,
    prompts_generated: true,
    user_config: settings,
    compatibility: { platforms: ['darwin', 'win32', 'linux'], runtimes: { node: '>=20.19' } },
  };
}

function ofServer({ url }: { url: string }): {
  settings: Record<string, Setting>;
  env: Record<string, string>;
} {
  return {
    settings: {
      address: {
        type: 'string',
        title: 'Address of the server',
        description: 'Where Kindred runs, such as https://kindred.example.com',
        required: true,
        default: url,
      },
      token: {
        type: 'string',
        title: 'Token',
        description: 'Whoever runs Kindred makes one for you with: kindred token create',
        required: true,
        sensitive: true,
      },
    },
    env: { KINDRED_URL: setting('address'), KINDRED_TOKEN: setting('token') },
  };
}

function ofFolder({ dataDir, node, main, stores }: Extract<BundleTarget, { kind: 'folder' }>): {
  settings: Record<string, Setting>;
  env: Record<string, string>;
} {
  const settings: Record<string, Setting> = {
    data: {
      type: 'directory',
      title: 'Data folder',
      description: 'The folder that holds the stores of Kindred',
      required: true,
      default: dataDir,
    },
  };
  const env: Record<string, string> = {
    KINDRED_DATA: setting('data'),
    KINDRED_NODE: node,
    KINDRED_MAIN: main,
  };
  const postgres = (name: string, key: string, what: string) => {
    settings[key] = {
      type: 'string',
      title: `Postgres of ${what}`,
      description: `What ${name} says in the settings of Kindred: postgres://…`,
      required: true,
      sensitive: true,
    };
    env[name] = setting(key);
  };
  if (stores.warehouse) postgres('WAREHOUSE_URL', 'warehouse_url', 'the warehouse');
  if (stores.state) postgres('DATABASE_URL', 'database_url', 'the state');
  return { settings, env };
}

/** What the client puts in its place. */
const setting = (key: string) => `\${user_config.${key}}`;

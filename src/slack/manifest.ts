import { readFile } from 'node:fs/promises';
import { InputError } from '../errors.ts';
import { slackPath } from './connection/http-door.ts';

/** What Slack is told of the app, as far as Kindred looks into it. */
export interface Manifest {
  features: { slash_commands: { command: string; url?: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: {
    event_subscriptions: { request_url?: string; bot_events: string[] };
    interactivity: { is_enabled: boolean; request_url?: string };
    socket_mode_enabled: boolean;
  };
}

/** The package's own: two up from src/slack as from dist/slack. */
const file = new URL('../../slack/manifest.json', import.meta.url);

/** For an app to which Kindred connects by itself. */
export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(file, 'utf8')) as Manifest;
}

/** The same for an app that calls Kindred at this address. */
export function overHttp(manifest: Manifest, address: string): Manifest {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:')
    throw new InputError(
      `Slack does not call ${address}.`,
      'Name the address under which Slack reaches `kindred serve` over TLS, such as https://kindred.example.com.',
    );
  const at = `${url.origin}${url.pathname.replace(/\/+$/, '')}${slackPath}`;
  const { features, settings } = manifest;
  return {
    ...manifest,
    features: {
      ...features,
      slash_commands: features.slash_commands.map(command => ({ ...command, url: at })),
    },
    settings: {
      ...settings,
      event_subscriptions: { request_url: at, ...settings.event_subscriptions },
      interactivity: { ...settings.interactivity, request_url: at },
      socket_mode_enabled: false,
    },
  };
}

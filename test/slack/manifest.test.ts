import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { overHttp, readManifest } from '../../src/slack/manifest.ts';

const root = fileURLToPath(new URL('../../src/slack', import.meta.url));
const code = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(file => readFileSync(`${root}/${file}`, 'utf8'))
  .join('\n');
const manifest = await readManifest();
const found = (pattern: RegExp) => [...new Set([...code.matchAll(pattern)].map(([, name]) => name!))].sort();

const families =
  'agents|assistant|auth|bookmarks|chat|conversations|files|pins|reactions|team|usergroups|users|views';
const called = found(new RegExp(String.raw`lient\.((?:${families})\.[\w.]+)\(`, 'g'));

/** What each method that Kindred calls takes, as Slack's reference says; those of history for each kind of channel. */
const history = ['channels:history', 'groups:history', 'im:history'];
const scopes: Record<string, string[]> = {
  'agents.sessions.rename': ['chat:write'],
  'agents.sessions.setStatus': ['chat:write'],
  'assistant.threads.setStatus': ['chat:write'],
  'assistant.threads.setSuggestedPrompts': ['assistant:write'],
  'assistant.threads.setTitle': ['assistant:write'],
  'auth.test': [],
  'chat.appendStream': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.startStream': ['chat:write'],
  'chat.stopStream': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': history,
  'conversations.open': ['im:write'],
  'conversations.replies': history,
  filesUploadV2: ['files:write'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

const eventScopes: Record<string, string[]> = {
  agent_session_stopped: ['assistant:write'],
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
};

describe('the manifest', () => {
  const { bot_events: events } = manifest.settings.event_subscriptions;

  it('asks for the events that are listened to, and no others', () => {
    const listened = found(/bolt\.event\(\s*'(\w+)'/g).flatMap(name =>
      name === 'message' ? ['message.channels', 'message.groups', 'message.im'] : [name],
    );
    expect(events).toEqual(listened.sort());
  });

  it('has the commands that are listened to, and no others', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(
      found(/bolt\.command\(\s*'(\/\w+)'/g),
    );
  });

  it('asks for the scopes of what is called and listened to, and no others', () => {
    const uploads = code.includes('.filesUploadV2(') ? ['filesUploadV2'] : [];
    const methods = [...called, ...uploads];
    expect(methods.filter(method => !(method in scopes))).toEqual([]);
    const needed = [
      ...methods.flatMap(method => scopes[method]!),
      ...events.flatMap(event => eventScopes[event]!),
      'commands',
    ];
    expect(manifest.oauth_config.scopes.bot).toEqual([...new Set(needed)].sort());
  });

  it('keeps within what Slack takes', () => {
    const { display_information: display, features } = manifest as unknown as {
      display_information: { name: string; description: string; long_description: string };
      features: {
        agent_view: { agent_description: string; suggested_prompts: { title: string; message: string }[] };
        slash_commands: { description: string; usage_hint: string }[];
      };
    };
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description.length).toBeLessThanOrEqual(140);
    expect(display.long_description.length).toBeGreaterThanOrEqual(175);
    expect(display.long_description.length).toBeLessThanOrEqual(4000);
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    for (const { description } of features.slash_commands)
      expect(description.length).toBeLessThanOrEqual(2000);
  });

  it('over HTTP has one address for all, and no connection of Kindred’s own', () => {
    const url = 'https://kindred.example.com/below/slack/events';
    expect(overHttp(manifest, 'https://kindred.example.com/below/')).toMatchObject({
      features: { slash_commands: [{ command: '/segments', url }] },
      oauth_config: manifest.oauth_config,
      settings: {
        event_subscriptions: { request_url: url, bot_events: events },
        interactivity: { is_enabled: true, request_url: url },
        socket_mode_enabled: false,
      },
    });
  });

  it.each(['http://kindred.example.com', 'kindred.example.com', ''])('is not made for "%s"', address => {
    expect(() => overHttp(manifest, address)).toThrow(`Slack does not call ${address}.`);
  });
});

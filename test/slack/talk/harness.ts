import type { App } from '../../../src/app.ts';
import type { SlackConfig } from '../../../src/config.ts';
import type { SlackContext } from '../../../src/slack/context.ts';
import { registerTalk } from '../../../src/slack/listeners/talk/register.ts';
import type { TalkOptions } from '../../../src/slack/talk/talk.ts';
import type { LivedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import {
  type ScriptedReply,
  type ScriptedRequest,
  startScriptedModel,
} from '../../support/scripted-model.ts';
import { boltOver } from '../../support/slack/bolt-over.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';

export interface Logged {
  level: 'info' | 'warn' | 'error';
  message: string;
  facts: object;
}

export interface Talking {
  fake: FakeSlack;
  slack: SlackContext;
  logged: Logged[];
  model: Awaited<ReturnType<typeof startScriptedModel>> | null;
  stop(): void;
  close(): Promise<void>;
}

export interface TalkingOptions extends TalkOptions {
  /** None: the shop is asked without a model. */
  reply?: (request: ScriptedRequest, index: number) => ScriptedReply | Promise<ScriptedReply>;
  config?: Partial<SlackConfig>;
  limits?: boolean;
  app?: Partial<App>;
}

/** Of several workspaces over one shop no two have threads of the same name. */
let begun = 0;

/** Bolt with the listeners of talking, over a fake Slack and a shop that stands. */
export async function talking(shop: LivedShop, options: TalkingOptions = {}): Promise<Talking> {
  const { reply, config = {}, limits = false, app: changed = {}, ...talk } = options;
  const startsAt = new Date(Date.parse('2026-11-23T08:00:00Z') + begun++ * 3600_000).toISOString();
  const fake = await fakeSlack({ limits, startsAt });
  const logged: Logged[] = [];
  const write = (level: Logged['level']) => (facts: object, message: string) =>
    logged.push({ level, message, facts });
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const model = reply ? await startScriptedModel(reply) : null;
  const access = model?.access() ?? null;
  const app = appOver(shop.context, { model: async () => access, ...changed });
  const people = [
    { id: fake.users.ana, name: 'Ana', role: 'approver' },
    { id: fake.users.ben, name: 'Ben', role: 'viewer' },
  ] as const;
  const { bolt, slack, stopping, start, stop } = boltOver(fake, app, {
    config: { people, ...config },
    log,
    failed: err => logged.push({ level: 'error', message: 'a listener failed', facts: { err } }),
    // Nobody waits: Slack's clock goes on instead.
    sleep: async ms => fake.advance(ms),
  });
  registerTalk(bolt, slack, { pauses: [1, 1, 1], ...talk });
  await start();
  return {
    fake,
    slack,
    logged,
    model,
    stop: () => stopping.abort(),
    async close() {
      await stop();
      await model?.stop();
      await fake.close();
    },
  };
}

/** What a person asked last in what the model is sent; blank where it was told results since. */
export function askedLast({ messages }: ScriptedRequest): string {
  const content = messages.at(-1)!.content;
  if (typeof content === 'string') return content;
  const said = content.flatMap(block => (block.type === 'text' ? [block.text ?? ''] : []));
  return said.findLast(words => !words.startsWith('Today is')) ?? '';
}

/** Text of the blocks of a message, one after the other. */
export function wordsOf(message: {
  blocks: { type: string; [field: string]: unknown }[];
  text: string;
}): string {
  const said = message.blocks.filter(({ type }) => type === 'markdown' || type === 'header');
  return said
    .map(({ text }) => (typeof text === 'string' ? text : (text as { text: string }).text))
    .join('\n\n');
}

import type { App } from '../../../src/app.ts';
import type { SlackContext } from '../../../src/slack/context.ts';
import { registerAnswerActions } from '../../../src/slack/listeners/answers/register.ts';
import { registerSegmentsCommand } from '../../../src/slack/listeners/command/register.ts';
import type { LivedShop } from '../../segmentation/refresh/lived-shop.ts';
import { appOver } from '../../support/mcp-app.ts';
import { boltOver } from '../../support/slack/bolt-over.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import { elementsOf } from '../../support/slack/press.ts';
import type { Message, View } from '../../support/slack/types.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export interface Answering {
  fake: FakeSlack;
  slack: SlackContext;
  /** What was logged as a warning or worse. */
  troubles: string[];
  /** For files that live no longer than what made them. */
  tempDir: string;
  close(): Promise<void>;
}

/**
 * Bolt with the listeners of answers and of the command, over a fake Slack and a shop that stands. Ana approves, Cleo is
 * an analyst, Ben reads; all others are nobody.
 */
export async function answering(shop: LivedShop, changed: Partial<App> = {}): Promise<Answering> {
  const fake = await fakeSlack();
  const folder = temporaryFolder();
  const troubles: string[] = [];
  const trouble = (facts: object, message: string) =>
    troubles.push(`${message} ${'err' in facts ? String(facts.err) : ''}`);
  const log = { info: () => {}, warn: trouble, error: trouble };
  const app = appOver(shop.context, { tempDir: folder.path, ...changed });
  const people = [
    { id: fake.users.ana, name: 'Ana', role: 'approver' },
    { id: fake.users.cleo, name: 'Cleo', role: 'analyst' },
    { id: fake.users.ben, name: 'Ben', role: 'viewer' },
  ] as const;
  const { bolt, slack, start, stop } = boltOver(fake, app, {
    config: { people },
    log,
    failed: error => troubles.push(`a listener failed ${error.stack}`),
  });
  registerAnswerActions(bolt, slack);
  registerSegmentsCommand(bolt, slack);
  await start();
  return {
    fake,
    slack,
    troubles,
    tempDir: folder.path,
    async close() {
      await stop();
      await fake.close();
      folder.remove();
    },
  };
}

/** All that is written in blocks, part by part. */
export function wordsIn(shown: Pick<Message | View, 'blocks'>): string {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    else if (typeof value === 'object' && value !== null)
      for (const [field, inner] of Object.entries(value))
        if (['text', 'caption', 'alt_text'].includes(field) && typeof inner === 'string') found.push(inner);
        else walk(inner);
  };
  walk(shown.blocks);
  return found.join('\n');
}

/** Texts of what can be pressed, with their values. */
export function buttonsOf(shown: Pick<Message | View, 'blocks'>) {
  return shown.blocks
    .flatMap(elementsOf)
    .filter(({ type }) => type === 'button')
    .map(({ action_id: action, text, value }) => ({
      action: action!,
      text: (text as { text: string }).text,
      value,
    }));
}

/** The window of a user when it holds what is waited for. */
export async function windowOf(fake: FakeSlack, user: string, holds: RegExp): Promise<View> {
  const find = () => fake.views(user).findLast(view => holds.test(wordsIn(view)));
  await fake.until(() => find() !== undefined);
  return find()!;
}

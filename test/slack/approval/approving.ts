import type { App } from '../../../src/app.ts';
import type { SlackConfig } from '../../../src/config.ts';
import { lookAtProposals } from '../../../src/slack/approval/cards.ts';
import type { Desk } from '../../../src/slack/approval/desk.ts';
import type { SlackContext } from '../../../src/slack/context.ts';
import { startDelivery } from '../../../src/slack/delivery/start.ts';
import type { Homes } from '../../../src/slack/home/publish.ts';
import { registerDecisions } from '../../../src/slack/listeners/decisions/register.ts';
import { registerHome } from '../../../src/slack/listeners/home/register.ts';
import { boltOver } from '../../support/slack/bolt-over.ts';
import { type FakeSlack, fakeSlack } from '../../support/slack/fake-slack.ts';
import type { Message, View } from '../../support/slack/types.ts';

export interface Approving {
  fake: FakeSlack;
  slack: SlackContext;
  desk: Desk;
  homes: Homes;
  /** What was logged as a warning or worse. */
  troubles: string[];
  /** What the beats do: cards are asked for, sent, and drawn anew. */
  look(): Promise<void>;
  /** All that people did is dealt with. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

export interface ApprovingOptions {
  config?: Partial<SlackConfig>;
  /** Of an earlier process; closed with this one unless `keepFake`. */
  fake?: FakeSlack;
  keepFake?: boolean;
  /** Milliseconds after which a dialog closes whatever is known by then. */
  answersWithinMs?: number;
}

/** Longer than any test: a busy machine is no reason to close a dialog. */
const soon = 60_000;

/** An hour: tests look when they want to. */
const never = { looksEvery: 3600 };

/** Bolt with the listeners of decisions and of the Home tab, over a fake Slack and the stores of `app`. Ana and Cleo may approve, Ben may read. */
export async function approving(app: App, options: ApprovingOptions = {}): Promise<Approving> {
  const fake = options.fake ?? (await fakeSlack());
  const troubles: string[] = [];
  const trouble = (facts: object, message: string) =>
    troubles.push(`${message} ${'err' in facts ? String(facts.err) : ''}`);
  const log = { info: () => {}, warn: trouble, error: trouble };
  const people = [
    { id: fake.users.ana, name: 'Ana', role: 'approver' },
    { id: fake.users.cleo, name: '', role: 'approver' },
    { id: fake.users.ben, name: 'Ben', role: 'viewer' },
  ] as const;
  const { bolt, slack, stopping, start, stop } = boltOver(fake, app, {
    config: { people, approvalsChannel: fake.channels.marketing, ...options.config },
    log,
    failed: error => troubles.push(`a listener failed ${error.stack}`),
  });
  const underWay = new Set<Promise<void>>();
  const process = bolt.processEvent.bind(bolt);
  bolt.processEvent = async event => {
    const work = process(event);
    underWay.add(work);
    await work.finally(() => underWay.delete(work));
  };
  const { answersWithinMs = soon } = options;
  const desk = registerDecisions(bolt, slack, { ...never, answersWithinMs });
  const homes = registerHome(bolt, slack, desk, never);
  const delivery = startDelivery(slack);
  await start();
  return {
    fake,
    slack,
    desk,
    homes,
    troubles,
    async look() {
      await lookAtProposals(desk);
      await delivery.beat();
      await lookAtProposals(desk);
    },
    async idle() {
      await fake.settled();
      while (underWay.size > 0) await Promise.all(underWay);
    },
    async close() {
      while (underWay.size > 0) await Promise.all(underWay);
      stopping.abort();
      await delivery.stop();
      await stop();
      if (!options.keepFake) await fake.close();
    },
  };
}

/** All that is said in blocks, one text to a line. */
export function wordsIn({ blocks }: Pick<Message | View, 'blocks'>): string {
  const words: string[] = [];
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string' && (key === 'text' || key === 'alt_text')) words.push(value);
    else if (Array.isArray(value)) for (const each of value) walk(each, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) walk(each, name);
  };
  walk(blocks, 'blocks');
  return words.join('\n');
}

/** Names of what can be pressed. */
export function buttonsIn(shown: Pick<Message | View, 'blocks'>): string[] {
  return shown.blocks
    .filter(({ type }) => type === 'actions')
    .flatMap(({ elements }) => (elements as { action_id: string }[]).map(({ action_id: id }) => id));
}

import { standingQuestions } from '../../segmentation/audiences/standing/questions.ts';
import { readShopFacts } from '../../segmentation/audiences/standing/shop-facts.ts';
import type { SlackContext } from '../context.ts';
import type { Person } from '../people.ts';
import type { ShopToAsk } from './prompts.ts';

/** Milliseconds that a look into the warehouse may wait for its turn: a page that was opened waits no longer. */
const patienceMs = 2000;

/** What can be asked here. What the warehouse would tell is left out while it is busy. */
export async function shopToAsk(slack: SlackContext, person: Person): Promise<ShopToAsk> {
  const state = await slack.app.state();
  const [model, latest] = await Promise.all([state.models.current(), state.refreshes.latest()]);
  const hasMoves = model !== undefined && latest !== undefined && latest.asOf > model.asOf;
  const standing = model ? await answerable(slack, person).catch(() => []) : [];
  return { model, hasMoves, standing };
}

async function answerable(slack: SlackContext, person: Person): Promise<ShopToAsk['standing']> {
  const context = await slack.toolsOf(person, { signal: AbortSignal.timeout(patienceMs) });
  const facts = await context.turn('a look at what can be asked', () => readShopFacts(context));
  return standingQuestions.filter(question => question.filter(facts) !== null);
}

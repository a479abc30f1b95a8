import type { Desk } from '../approval/desk.ts';
import type { SlackContext } from '../context.ts';
import { type Person, personOf } from '../people.ts';
import { asSlackError, isOfOne } from '../slack-error.ts';
import { homeView, refusalHome } from '../views/home.ts';
import { homeFacts, type ShopState, shopState } from './facts.ts';

/** Home tabs that were opened since the server started, and what they show. */
export interface Homes {
  desk: Desk;
  /** IDs of members with what was published last, whoever opened it last at the end. */
  opened: Map<string, string>;
  /** The shop, as of the standing that it was read at. */
  shop: { standing: string; state: ShopState } | null;
}

export const createHomes = (desk: Desk): Homes => ({ desk, opened: new Map(), shop: null });

/** So many are kept up to date; others are when they open it again. */
const mostOpened = 50;

/** Shows somebody how things stand now. */
export async function openHome(homes: Homes, user: string): Promise<void> {
  const { slack } = homes.desk;
  if (!personOf(slack.config, user)) {
    await slack.client.views.publish({ user_id: user, view: refusalHome(user) });
    return;
  }
  homes.opened.delete(user);
  homes.opened.set(user, '');
  const [oldest] = homes.opened.keys();
  if (homes.opened.size > mostOpened && oldest !== undefined) homes.opened.delete(oldest);
  await publish(homes, user);
}

/** Publishes anew what has changed since, as by a refresh or a decision, wherever that was made. */
export async function lookAtHomes(homes: Homes): Promise<void> {
  if (homes.opened.size === 0) return;
  const now = await standingNow(homes.desk);
  const { log, stopping } = homes.desk.slack;
  for (const [user, shown] of [...homes.opened]) {
    if (shown === now || stopping.aborted) continue;
    try {
      await publish(homes, user);
    } catch (error) {
      if (!isOfOne(error)) throw asSlackError(error);
      // Such as somebody who left: the others are behind them in the line.
      homes.opened.delete(user);
      log.warn({ err: asSlackError(error), user }, 'a Home tab is kept up to date no longer');
    }
  }
}

async function publish(homes: Homes, user: string): Promise<void> {
  const { desk, opened } = homes;
  const { slack } = desk;
  const person = personOf(slack.config, user);
  if (!person) return;
  // Read before the facts: what changes in between is published at the next look.
  const now = await standingNow(desk);
  const show = async (shop: ShopState) => {
    const view = homeView(await homeFacts(desk, person, shop));
    await slack.client.views.publish({ user_id: user, view });
  };
  const known = await knownShop(homes);
  if (!known && opened.get(user) === '' && slack.app.turns.current() !== undefined)
    await show({ is: 'busy' });
  await show(known ?? (await readShop(homes, person)));
  if (opened.has(user)) opened.set(user, now);
}

/** Read once for all, as long as the segments stand as they do. */
async function knownShop({ desk, shop }: Homes): Promise<ShopState | null> {
  return shop?.standing === (await segmentsNow(desk.slack)) ? shop.state : null;
}

async function readShop(homes: Homes, person: Person): Promise<ShopState> {
  const standing = await segmentsNow(homes.desk.slack);
  const state = await shopState(homes.desk, person);
  // Without segments, an import changes it, of which the state knows nothing.
  homes.shop = state.is === 'segmented' ? { standing, state } : null;
  return state;
}

/** Names how the segments stand: another whenever they are found, refreshed, promoted or named anew. */
async function segmentsNow({ app }: SlackContext): Promise<string> {
  const change = await (await app.state()).models.lastChange();
  return change ? String(change.number) : 'none';
}

/** Names all that a Home tab shows. */
async function standingNow({ slack, underWay, problems }: Desk): Promise<string> {
  const open = (await (await slack.app.state()).proposals.statuses())
    .filter(({ status }) => status === 'open')
    .map(({ id }) => `${id} ${underWay.has(id)} ${problems.has(id)}`);
  return [await segmentsNow(slack), ...open].join(', ');
}

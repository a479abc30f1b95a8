import { type Digest, latestDigest } from '../../agent/tasks/digest/digest.ts';
import { nextTick, schedulesOf } from '../../schedule/ticks.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { Desk } from '../approval/desk.ts';
import { type ProposalFacts, proposalFacts } from '../approval/facts.ts';
import { namesOf } from '../approval/names.ts';
import { type Standing, standingOf } from '../approval/standing.ts';
import type { Person } from '../people.ts';

/** What waits for a decision, as far as there is room for it. */
export interface OpenProposals {
  shown: { facts: ProposalFacts; standing: Standing }[];
  more: number;
}

/** How the shop stands: its week, or what is missing for there to be one. */
export type ShopState =
  | { is: 'segmented'; digest: Digest }
  /** `customers` as the overview tells them; null where there are no orders yet. */
  | { is: 'loaded'; asOf: string; enough: boolean; why: string[] }
  | { is: 'empty' }
  /** Something else has its turn, and how the shop stands is not known yet. */
  | { is: 'busy' };

/** What the Home tab shows somebody. */
export interface HomeFacts {
  shop: ShopState;
  /** ISO time at which the segments came to stand as they do; null where there are none. */
  changedAt: string | null;
  /** ISO time of the next scheduled refresh; null where none is. */
  nextRefresh: string | null;
  proposals: OpenProposals;
  mayDecide: boolean;
}

/** Newest first. */
const mostProposals = 10;

/** All of it but the shop, which takes a turn: from the state alone. */
export async function homeFacts(desk: Desk, person: Person, shop: ShopState): Promise<HomeFacts> {
  const { app } = desk.slack;
  const state = await app.state();
  const refreshes = schedulesOf(app.config).find(({ kind }) => kind === 'refresh');
  return {
    shop,
    changedAt: (await state.models.lastChange())?.at ?? null,
    nextRefresh: (refreshes && nextTick(refreshes, app.now())?.toISOString()) ?? null,
    proposals: await openProposals(desk),
    mayDecide: person.role === 'approver',
  };
}

/** Results of tools, so nothing of fewer than ten customers is in it: the same for whoever may read. */
export async function shopState({ slack }: Desk, person: Person): Promise<ShopState> {
  const context = await slack.toolsOf(person, { signal: slack.stopping });
  const digest = await latestDigest(context);
  if (digest) return { is: 'segmented', digest };
  const { asOf, readiness } = (await runTool(context, 'shop_overview', {})).output as unknown as {
    asOf: string | null;
    readiness: { enough: boolean; why: string[] };
  };
  return asOf === null ? { is: 'empty' } : { is: 'loaded', asOf, ...readiness };
}

async function openProposals({ slack, underWay, problems }: Desk): Promise<OpenProposals> {
  const state = await slack.app.state();
  const open = (await state.proposals.statuses()).filter(({ status }) => status === 'open').reverse();
  const nameOf = namesOf(slack.config);
  const shown = [];
  for (const { id } of open.slice(0, mostProposals)) {
    const proposal = await state.proposals.byId(id);
    if (proposal)
      shown.push({
        facts: await proposalFacts(state, proposal, nameOf),
        standing: standingOf(proposal, { underWay: underWay.get(id), problem: problems.get(id), nameOf }),
      });
  }
  return { shown, more: open.length - shown.length };
}

import { measurable } from '../../../activation/lift/campaign.ts';
import { InputError } from '../../../errors.ts';
import { daysAfter } from '../../../features/as-of.ts';
import type { People } from '../../../tools/results/values.ts';
import { runTool } from '../../../tools/run-tool.ts';
import type { ToolContext } from '../../../tools/tool.ts';

/**
 * What a digest is written from, whoever writes it: results of tools, as read here. The tools keep small groups hidden,
 * so nothing of them can get into a digest.
 */
export interface DigestFacts {
  overview: Overview;
  list: SegmentList;
  /** null where no refresh came after the segments were found. */
  moves: Moves | null;
  drift: Drift;
  predictions: Predictions;
  /** What campaigns did, of those whose answer fell between the last refresh and this one. */
  campaigns: ToldCampaign[];
  /** What to do with each segment, by its key; segments too small to be described have none. */
  actions: Readonly<Record<string, string>>;
}

interface Overview {
  span: { first: string; last: string } | null;
  segments: { kind: 'clusters' | 'rfm'; groups: number; alerts: number; recluster: string[] } | null;
  openProposals: { id: string; kind: string; summary: string; since: string }[];
  moreProposals: number;
}

interface SegmentList {
  asOf: string;
  currency: string | null;
  customers: People;
  revenue: number;
  segments: ListedSegment[];
  setAside: { customers: People } | null;
}

export interface ListedSegment {
  key: string;
  name: string;
  customers: People;
  share: number | null;
  revenueShare: number | null;
  trend: 'growing' | 'steady' | 'shrinking' | null;
  valueAtRisk: number | null;
  churn: number | null;
  sentence: string | null;
}

export interface Flow {
  customers: People;
  revenueLastYear: number | null;
}

export interface Moves {
  from: string;
  replaced: { asOf: string; kind: 'fit' | 'promotion' | 'rollback' }[];
  newcomers: Flow;
  lapsed: Flow;
  cameBack: Flow;
  sentences: string[];
  /** The segment that those of each sentence came to, by its key. */
  sentenceKeys: { toKey: string }[];
  segments: { key: string; grew: People | null; shrank: People | null }[];
}

interface Drift {
  asOf: string;
  compared: boolean;
  groups: {
    title: string;
    findings: {
      kind: string;
      about: string;
      sentence: string;
      since: string;
      sure: string;
      explainedBy: string | null;
    }[];
    more: number;
  }[];
  recluster: string[];
}

interface Predictions {
  none: string | null;
  all: { lifetimeValue: number | null; valueAtRisk: number | null; churn: number | null };
  trust: { notes: string[] } | null;
}

/** Of `lift`, as far as a digest tells it. */
export interface ToldCampaign {
  sync: string;
  name: string;
  verdict: string;
  says: string;
  answered: string | null;
}

type Look = <Result>(name: string, input?: Record<string, unknown>) => Promise<Result>;

/**
 * All of one moment: nothing is refreshed between two of the tools. null where nothing was segmented yet.
 * @param look runs a tool, for whoever keeps what it gave
 */
export async function digestFacts(
  context: ToolContext,
  look: Look = async <Result>(name: string, input: Record<string, unknown> = {}) =>
    (await runTool(context, name, input)).output as Result,
): Promise<DigestFacts | null> {
  return context.turn('digest', async () => {
    const overview = await look<Overview>('shop_overview');
    if (overview.segments === null) return null;
    const list = await look<SegmentList>('list_segments');
    const drift = await look<Drift>('show_drift');
    const moves = await movesOf(look<Moves>('show_moves'));
    return {
      overview,
      list,
      moves,
      drift,
      predictions: await look<Predictions>('show_predictions'),
      campaigns: await campaignsOf(context, look, { asOf: list.asOf, since: moves?.from }),
      actions: await actionsOf(list, key =>
        look<{ persona: { action: string } | null }>('show_segment', { segment: key }),
      ),
    };
  });
}

/** Where there is no refresh to tell of, the tool says so. */
async function movesOf(moves: Promise<Moves>): Promise<Moves | null> {
  try {
    return await moves;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

const MOST_CAMPAIGNS = 6;

/** Where nothing was ever sent nothing is asked. */
async function campaignsOf(
  context: ToolContext,
  look: Look,
  { asOf, since = daysAfter(asOf, -7) }: { asOf: string; since: string | undefined },
): Promise<ToldCampaign[]> {
  const told: ToldCampaign[] = [];
  for (const { sync } of (await measurable(context)).slice(0, MOST_CAMPAIGNS)) {
    const campaign = await answeredOf(look<ToldCampaign>('lift', { campaign: sync.id }));
    if (campaign?.answered && campaign.answered > since && campaign.answered <= asOf) told.push(campaign);
  }
  return told;
}

/** Of a sync that nobody was assigned to yet there is nothing to tell. */
async function answeredOf(campaign: Promise<ToldCampaign>): Promise<ToldCampaign | null> {
  try {
    return await campaign;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

async function actionsOf(
  { segments }: SegmentList,
  show: (key: string) => Promise<{ persona: { action: string } | null }>,
): Promise<Record<string, string>> {
  const actions: [string, string][] = [];
  for (const { key } of segments) {
    const { persona } = await show(key);
    if (persona) actions.push([key, persona.action]);
  }
  return Object.fromEntries(actions);
}

import { likelyCause } from '../drift/readings.ts';
import type { Digest } from './digest.ts';
import type { DigestFacts } from './facts.ts';
import { levelledFindings, needsExplaining } from './findings.ts';
import { headlineOf } from './headline.ts';
import { todoOf } from './todo.ts';

/** A digest as it follows from the facts, without a language model: same facts, same text. */
export function writeDigest(facts: DigestFacts): Digest {
  const { overview, list, moves, drift, predictions } = facts;
  const findings = levelledFindings(drift);
  // A replacement of the segments is no week to tell of.
  const week = drift.compared ? moves : null;
  const change = new Map(week?.segments.map(segment => [segment.key, segment]));
  return {
    asOf: list.asOf,
    since: week?.from ?? null,
    ...headlineOf(facts, findings),
    currency: list.currency,
    customers: list.customers,
    revenue: list.revenue,
    segments: list.segments.map(segment => ({
      key: segment.key,
      name: segment.name,
      customers: segment.customers,
      share: segment.share,
      grew: change.get(segment.key)?.grew ?? null,
      shrank: change.get(segment.key)?.shrank ?? null,
      trend: drift.compared ? segment.trend : null,
      revenueShare: segment.revenueShare,
      valueAtRisk: segment.valueAtRisk,
    })),
    setAside: list.setAside?.customers ?? null,
    flows: week && { newcomers: week.newcomers, lapsed: week.lapsed, cameBack: week.cameBack },
    moves: week?.sentences ?? [],
    findings: findings.map(({ level, kind, sentence, since, explainedBy }) => ({
      level,
      kind,
      sentence,
      explanation: needsExplaining(level) ? likelyCause(kind) : null,
      since,
      explainedBy,
    })),
    moreFindings: drift.groups.reduce((sum, { more }) => sum + more, 0),
    campaigns: facts.campaigns.map(({ sync, name, verdict, says }) => ({ sync, name, verdict, says })),
    todo: todoOf(facts, findings),
    ahead: predictions.all,
    notes: notesOn(facts),
    proposals: overview.openProposals,
    moreProposals: overview.moreProposals,
    author: 'deterministic',
  };
}

function notesOn({ overview, list, moves, drift, predictions }: DigestFacts): string[] {
  const newest = overview.span?.last;
  const replaced = drift.compared ? undefined : moves?.replaced.at(-1);
  return [
    ...(newest !== undefined && newest >= list.asOf
      ? [
          `Orders are in until ${newest}, and the figures speak of ${list.asOf}: \`kindred refresh\` takes the newer ones in.`,
        ]
      : []),
    ...(replaced
      ? [
          `These segments took the place of others on ${replaced.asOf}: moves are told from the next refresh on.`,
        ]
      : []),
    ...(overview.segments!.kind === 'rfm'
      ? ['The segments are classical RFM cells, as the data is too thin for groups of its own.']
      : []),
    ...(predictions.none === null
      ? (predictions.trust?.notes ?? [])
      : [`Nothing is predicted: ${predictions.none}`]),
  ];
}

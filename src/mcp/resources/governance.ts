import type { Config } from '../../config.ts';
import { withDays } from '../../markdown/figures.ts';
import { type ReportFacts, readFacts } from '../../segmentation/governance/report/facts.ts';
import { reportOn } from '../../segmentation/governance/report/report.ts';
import { setupOf } from '../../segmentation/governance/report/setup.ts';
import { keptOutOf } from '../../segmentation/triggers/refuse-kept-out.ts';
import type { TriggerRule } from '../../segmentation/triggers/trigger.ts';
import { SMALLEST_REPORTED, tamed } from '../../segmentation/wording.ts';
import { audienceName } from '../../tools/results/audience-result.ts';
import { toTens } from '../../tools/results/coarse.ts';
import { proposalSummary } from '../../tools/results/shown-proposal.ts';
import type { ToolContext } from '../../tools/tool.ts';

const note =
  'This copy may be read by a language model: counts of people and rows are to the nearest ten, long lists are cut, and names of people, what they wrote as reasons, files, and names in the data that fewer than ten customers go with are left out. `kindred governance report` writes all of it.';

/** The data protection review in what a language model may know of it. */
export async function governanceText(context: ToolContext, config: Config): Promise<string> {
  const report = reportOn(toldFacts(await readFacts(context, setupOf(config))));
  const [title, ...rest] = withDays(report).split('\n\n');
  return [title, note, ...rest].join('\n\n');
}

/** Of a list, so much is told: with all of it the page would be longer than a model takes. */
const most = 30;

/** The facts as tools tell such things: coarse counts of people, no names of few, and nothing that somebody typed freely. */
export function toldFacts(facts: ReportFacts): ReportFacts {
  const { holdings, review, audiences, triggers, proposals, decisions, exports, releases } = facts;
  const blocked = review.blockedTerms.map(({ term }) => term);
  return {
    ...facts,
    holdings: {
      ...holdings,
      people: tens(holdings.people),
      sources: holdings.sources.slice(0, most).map(({ source, ids }) => ({ source, ids: tens(ids) })),
      imports: holdings.imports.map(each => ({
        ...each,
        rows: tens(each.rows),
        rejected: tens(each.rejected),
      })),
      tables: holdings.tables.map(each => ({ ...each, rows: tens(each.rows) })),
      consents: holdings.consents
        .filter(({ people }) => people >= SMALLEST_REPORTED)
        .slice(0, most)
        .map(each => ({ ...each, people: tens(each.people) })),
      acceptsMarketing: holdings.acceptsMarketing.map(each => ({ ...each, accounts: tens(each.accounts) })),
      derived: holdings.derived.map(({ table, rows }) => ({ table, rows: tens(rows) })),
    },
    review: {
      ...review,
      names: review.names.slice(0, most).map(each => ({
        ...each,
        // What few go with may bear their names.
        name: each.customers === null ? `a ${each.kind} of few` : tamed(each.name),
      })),
      blockedTerms: review.blockedTerms.slice(0, most).map(each => ({
        ...each,
        term: tamed(each.term),
        blockedBy: somebody(each.blockedBy),
        reason: '',
      })),
    },
    decisions: decisions.slice(-most).map(each => ({
      ...each,
      decidedBy: somebody(each.decidedBy),
      reason: '',
    })),
    proposals: proposals.slice(0, most).map(each => ({
      ...each,
      summary: proposalSummary(each),
      createdBy: somebody(each.createdBy),
      decidedBy: each.decidedBy === null ? null : somebody(each.decidedBy),
      reason: null,
    })),
    audiences: audiences.slice(0, most).map(each => ({
      ...each,
      name: audienceName(each.name),
      createdBy: somebody(each.createdBy),
    })),
    triggers: triggers.slice(0, most).map(each => ({
      ...each,
      name: tamed(each.name),
      rule: withoutNames(each.rule, blocked),
      createdBy: somebody(each.createdBy),
    })),
    exports: exports.slice(-most).map(({ details, ...each }) => ({
      ...each,
      actor: somebody(each.actor),
      details: {
        name: audienceName(String(details.name ?? each.subject)),
        ...(typeof details.rows === 'number' ? { rows: tens(details.rows) } : {}),
      },
    })),
    releases: releases.slice(-most).map(each => ({
      ...each,
      subject: tamed(each.subject),
      actor: somebody(each.actor),
      details: {},
    })),
  };
}

/** To the nearest ten; one to nine stay, which the report tells as fewer than ten. */
const tens = (rows: number) => (rows < SMALLEST_REPORTED ? rows : toTens(rows));

const somebody = (name: string) => (name === 'kindred' ? name : 'a person');

/** Of what a rule goes by, names stay that are kept out: the review tells of those anyway. */
function withoutNames({ all }: TriggerRule, blocked: readonly string[]): TriggerRule {
  return {
    all: all.map(condition => {
      const { category: _, sku: __, ...rest } = condition;
      return keptOutOf({ all: [condition] }, [], blocked).length > 0 ? condition : rest;
    }),
  };
}

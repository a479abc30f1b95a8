import type { HomeView, KnownBlock } from '@slack/types';
import type { Digest } from '../../agent/tasks/digest/digest.ts';
import { changeOf, todoSection } from '../../agent/tasks/digest/sections.ts';
import { dayText, peopleText, shareText, withDays } from '../../markdown/figures.ts';
import { few } from '../../tools/results/values.ts';
import { actions, button } from '../blocks/actions.ts';
import { context, divider, header, section } from '../blocks/layout.ts';
import { bold, moment, mrkdwn } from '../blocks/text.ts';
import type { HomeFacts } from '../home/facts.ts';
import { moneyShort, sentence } from './figures.ts';
import { homeActions } from './home-actions.ts';
import { proposalsBlocks } from './home-proposals.ts';
import { firstSteps } from './home-steps.ts';
import { pointList } from './point-list.ts';
import { refusalBlocks } from './refusal.ts';

/** The Home tab: how things stand, for whoever opens it. */
export function homeView(facts: HomeFacts): HomeView {
  return { type: 'home', blocks: blocksOf(facts) };
}

function blocksOf(facts: HomeFacts): KnownBlock[] {
  const { shop, proposals } = facts;
  const waiting = proposals.shown.length > 0 ? proposalsBlocks(facts) : [];
  switch (shop.is) {
    case 'segmented':
      return [...standing(shop.digest, facts), divider(), ...proposalsBlocks(facts), ...links()];
    case 'busy':
      return [section('Kindred is at work. How things stand comes here in a moment.'), ...waiting];
    default:
      return [...firstSteps(shop), ...waiting];
  }
}

/** For somebody without a role: who they have to ask, and for what. */
export function refusalHome(userId: string): HomeView {
  return { type: 'home', blocks: refusalBlocks(userId) };
}

/** So many lines make one section: it holds them however long the names are. */
const linesOfSection = 5;
const mostSegments = 36;

function standing(digest: Digest, { changedAt, nextRefresh }: HomeFacts): KnownBlock[] {
  const { asOf, since, segments, customers, headline, findings, moreFindings } = digest;
  const todo = todoSection(digest);
  const shown = segments.slice(0, mostSegments).map(segment => segmentLine(digest, segment));
  const more = segments.length - shown.length;
  return [
    header('Your customers'),
    section(bold(withDays(headline))),
    context(
      [
        `${peopleText(customers)} customers, as of ${dayText(asOf)}`,
        ...(since === null ? [] : [`compared with ${dayText(since)}`]),
        ...(changedAt === null ? [] : [`figures computed ${moment(changedAt)}`]),
        nextRefresh === null ? 'no refresh is scheduled' : `next refresh ${moment(nextRefresh)}`,
      ].join('  ·  '),
    ),
    actions([
      button({ action: homeActions.ask, text: 'Ask a question', style: 'primary' }),
      button({ action: homeActions.moves, text: 'Show moves' }),
      button({ action: homeActions.drift, text: 'Show drift' }),
    ]),
    header('Segments'),
    ...chunked(shown, linesOfSection).map(lines => section(lines.join('\n'))),
    ...(more > 0 ? [context(`and ${more} more: \`/segments\` lists them all.`)] : []),
    ...(todo.items.length > 0 ? [divider(), pointList(todo.title, todo.items, { style: 'ordered' })] : []),
    ...driftBlocks(findings, moreFindings),
  ];
}

const arrows = { growing: '↗', steady: '→', shrinking: '↘' } as const;

/** "↗  *Regulars*  1,234 customers (12 %), 30 % of revenue, +45 since then" */
function segmentLine(digest: Digest, segment: Digest['segments'][number]): string {
  const { name, customers, share, trend, revenueShare, valueAtRisk } = segment;
  const change = changeOf(digest, segment, { up: `up by ${few}`, down: `down by ${few}` });
  const told = [
    `${peopleText(customers)} customers${share === null ? '' : ` (${shareText(share)})`}`,
    ...(change === '' || change === '0' ? [] : [change.replace('-', '−')]),
    ...(revenueShare === null ? [] : [`${shareText(revenueShare)} of revenue`]),
    ...(valueAtRisk === null ? [] : [`${moneyShort(valueAtRisk, digest.currency)} at risk`]),
  ];
  return `${trend === null ? '•' : arrows[trend]}  ${bold(name)}  ${mrkdwn(told.join(', '))}`;
}

const mostFindings = 5;
const marks = { alert: '🔴', watch: '🟡', note: '🔵' } as const;

/** What is explained by the time of year or a feed is no alarm, and is told where somebody asks for it. */
function driftBlocks(findings: Digest['findings'], unread: number): KnownBlock[] {
  const news = findings.flatMap(({ level, sentence: told }) =>
    level === 'explained' ? [] : [`${marks[level]}  ${sentence(told)}`],
  );
  const more = Math.max(0, news.length - mostFindings) + unread;
  return [
    divider(),
    header('Drift'),
    section(
      news.length === 0
        ? 'Nothing changed beyond what chance and the time of year explain.'
        : news.slice(0, mostFindings).join('\n'),
    ),
    ...(more > 0 ? [context(`and ${more} more: *Show drift* tells all of it.`)] : []),
  ];
}

function links(): KnownBlock[] {
  return [
    divider(),
    context(
      'In a terminal, `kindred report` draws all of this as a page of its own. What Kindred does here, and who may do what, stands in `docs/connect-slack.md`.',
    ),
  ];
}

const chunked = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));

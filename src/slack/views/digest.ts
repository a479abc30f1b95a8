import type { ImageBlock, KnownBlock } from '@slack/types';
import { customersText } from '../../agent/answer/plain/figures.ts';
import type { Digest } from '../../agent/tasks/digest/digest.ts';
import { type Item, type Section, sectionsOf, todoSection } from '../../agent/tasks/digest/sections.ts';
import { dateWords } from '../../charts/time-ticks.ts';
import { withDays } from '../../markdown/figures.ts';
import { actions, button, feedback } from '../blocks/actions.ts';
import { container, context, header, section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { bold, clip, moment, mrkdwn, plain } from '../blocks/text.ts';
import { answerActions, verdictValue } from './answer-actions.ts';
import { digestActions } from './digest-actions.ts';
import { digestTable } from './digest-table.ts';
import { bullets } from './figures.ts';
import { pointList } from './point-list.ts';
import { said } from './said.ts';

export interface DigestExtras {
  /** Sizes over time; null where there is none. */
  picture: ImageBlock | null;
  /** Id of the reply by which people say what they think of it; null where it was not kept. */
  reply: number | null;
  /** ISO time at which its figures were computed. */
  refreshedAt: string;
}

export interface DigestMessage {
  /** For notifications. */
  text: string;
  blocks: KnownBlock[];
}

/** The week as a message: what happened and what to do about it first, what is only to be known folded away. */
export function digestMessage(digest: Digest, { picture, reply, refreshedAt }: DigestExtras): DigestMessage {
  const todo = todoSection(digest);
  const sections = sectionsOf(digest).filter(({ title }) => title !== shownByButton);
  const folded = sections.filter(({ title }) => isFolded(title));
  return {
    text: clip(`${mrkdwn(titleOf(digest))}: ${mrkdwn(withDays(digest.headline))}`, limits.message.text),
    blocks: [
      header(titleOf(digest)),
      section(`${marks[digest.state]} ${bold(withDays(digest.headline))}`),
      ...(todo.items.length > 0
        ? [
            pointList(
              todo.title,
              todo.items.map(item => withoutHeadline(item, digest)),
              { style: 'ordered' },
            ),
          ]
        : []),
      ...digestTable(digest),
      ...asideOf(digest),
      ...(picture ? [picture] : []),
      ...sections
        .filter(({ title }) => !isFolded(title))
        .map(({ title, items }) => pointList(title, items.map(inShort), { most })),
      ...container('Good to know', folded.map(foldedSection), { collapsed: true }),
      buttonsOf(digest),
      context(`Refreshed ${moment(refreshedAt)}. ${authors[digest.author]}`),
      ...(reply === null
        ? []
        : [
            feedback(answerActions.feedback, {
              good: verdictValue('good', reply),
              bad: verdictValue('bad', reply),
            }),
          ]),
    ],
  };
}

/** "Segments, 9 Nov to 16 Nov 2026" */
function titleOf({ asOf, since }: Digest): string {
  if (since === null) return `Customer segments on ${dateWords(asOf)}`;
  const [from, to] = [dateWords(since), dateWords(asOf)];
  return `Customer segments, ${since.slice(0, 4) === asOf.slice(0, 4) ? from.slice(0, -5) : from} to ${to}`;
}

/** Beside the words, which say the same. */
const marks: Readonly<Record<Digest['state'], string>> = {
  found: '🔵',
  feed: '🔴',
  alert: '🔴',
  watch: '🟡',
  quiet: '🟢',
};

const authors: Readonly<Record<Digest['author'], string>> = {
  model: 'Written by a language model, and held against the figures.',
  deterministic: 'Written without a language model.',
};

/** A command of the terminal is told there; here a button does it. */
const shownByButton = 'More findings';

/** Points of a list: the buttons show the rest. */
const most = 4;

/** What the headline says already. */
const withoutHeadline = (item: Item, { headline }: Digest): Item => ({
  ...item,
  why: item.why?.replace(`Alert: ${headline}`, '').trim() ?? null,
});

/** Of a proposal, whose card tells all. */
const inShort = ({ about, text, why }: Item): Item => ({
  about,
  text: about === null ? text : plain(text, 200),
  why,
});

/** What calls for nothing. */
const isFolded = (title: string) =>
  title.startsWith('Explained by') || ['Good to know', 'What is ahead', 'To bear in mind'].includes(title);

const foldedSection = ({ title, items }: Section) =>
  section(`*${mrkdwn(title)}*\n${bullets(items.map(({ text }) => said(text)))}`);

const asideOf = ({ setAside }: Digest) =>
  setAside === null
    ? []
    : [context(`Besides, ${mrkdwn(customersText(setAside))} of unusual volume stand in no segment.`)];

function buttonsOf({ flows, findings, moreFindings, proposals, moreProposals }: Digest) {
  const found = findings.length + moreFindings;
  const open = proposals.length + moreProposals;
  return actions([
    ...(flows === null ? [] : [button({ action: digestActions.moves, text: 'Show the moves' })]),
    ...(found === 0 ? [] : [button({ action: digestActions.drift, text: `Show drift (${found})` })]),
    ...(open === 0
      ? []
      : [button({ action: digestActions.proposals, text: `Open proposals (${open})`, style: 'primary' })]),
    button({ action: digestActions.ask, text: 'Ask a question' }),
  ]);
}

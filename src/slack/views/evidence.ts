import type { KnownBlock } from '@slack/types';
import { dayText } from '../../markdown/figures.ts';
import { findTool } from '../../tools/run-tool.ts';
import { charactersIn } from '../blocks/characters.ts';
import { context, divider, section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { bold, clip, mrkdwn } from '../blocks/text.ts';
import { bullets, sentence } from './figures.ts';
import { type EvidenceCall, figureLines, label } from './told-figures.ts';

export interface Evidence {
  /** Blank where nobody asked in words. */
  question: string;
  calls: readonly EvidenceCall[];
  sources: readonly { what: string; asOf: string | null }[];
  /** null where nobody asked: texts rest on these figures, and no answer does. */
  author: 'model' | 'deterministic' | null;
  /** Those that whoever looks may not see. */
  withheld: number;
}

/** Figures of one call: more than these nobody reads in a window. */
const MOST_LINES = 60;
const MOST_SECTIONS = 6;

/** For what was looked up, beside what stands above and below; Slack takes no window of more than 250 kB. */
const room = { blocks: limits.view.blocks - 5, characters: 60_000 };

/** What an answer rests on: what was looked up, how, and the figures that came back. */
export function evidenceBlocks({ question, calls, sources, author, withheld }: Evidence): KnownBlock[] {
  const told: KnownBlock[] = [];
  let shown = 0;
  for (const call of calls) {
    const blocks = [...told, divider(), ...callBlocks(call)];
    if (blocks.length > room.blocks || charactersIn(blocks) > room.characters) break;
    told.splice(0, told.length, ...blocks);
    shown += 1;
  }
  const left = calls.length - shown;
  const dated = sources.map(
    ({ what, asOf }) => `${mrkdwn(what)}${asOf === null ? '' : `, as of ${dayText(asOf)}`}`,
  );
  return [
    ...(question === '' ? [] : [section(`*Asked:* ${mrkdwn(question)}`)]),
    ...(dated.length === 0 ? [] : [section(`*What was looked at*\n${bullets(dated)}`)]),
    ...(calls.length === 0 ? [section('Nothing was looked up for this answer.')] : told),
    ...(left > 0 ? [context(`and ${left} more look-up${left === 1 ? '' : 's'}`)] : []),
    ...(withheld === 0
      ? []
      : [context('Some of what was looked up is for the role of who asked, and is not shown to you.')]),
    ...(author === null ? [] : [context(authors[author])]),
  ];
}

const authors = {
  model: 'A language model wrote the answer; its figures were held against these.',
  deterministic: 'The words of the question chose what was looked up; no language model took part.',
};

function callBlocks(call: EvidenceCall): KnownBlock[] {
  const head = `${bold(titleOf(call.name))}${inputWords(call.input)}`;
  if (call.cutFrom !== undefined)
    return [section(head), context('The result was too long to be kept; ask again to see its figures.')];
  if (call.output === null || call.output === undefined)
    return [section(head), context('It failed, and the answer does not rest on it.')];
  const lines = figureLines(call);
  if (lines === null)
    return [
      section(head),
      context('This was looked up by an earlier version; ask again to see its figures.'),
    ];
  const { chunks, held } = chunksOf(lines.slice(0, MOST_LINES));
  const left = lines.length - held;
  return [
    section(head),
    ...chunks.map(text => section(text)),
    ...(left > 0 ? [context(`and ${left} more line${left === 1 ? '' : 's'}`)] : []),
    ...(lines.length === 0 ? [context('It told no figures.')] : []),
  ];
}

/** Lines as texts that a section holds, and how many of them there was room for. */
function chunksOf(lines: readonly string[]): { chunks: string[]; held: number } {
  const chunks: string[] = [];
  for (const [held, line] of lines.map(each => `• ${each}`).entries()) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + line.length < limits.section.text - 100)
      chunks[chunks.length - 1] = `${last}\n${line}`;
    else if (chunks.length === MOST_SECTIONS) return { chunks, held };
    else chunks.push(line);
  }
  return { chunks, held: lines.length };
}

function titleOf(name: string): string {
  try {
    return findTool(name).title;
  } catch {
    return label(name);
  }
}

/** What it was asked with, in words. Filters are told by what came of each clause. */
function inputWords(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const said = Object.entries(input).flatMap(([field, value]) => {
    const words = valueWords(value);
    return field === 'filter' || words === '' ? [] : [`${label(field)} ${words}`];
  });
  return said.length === 0 ? '' : `\n_${clip(sentence(said.join('; ')), 500)}_`;
}

function valueWords(value: unknown): string {
  if (typeof value === 'number') return String(value);
  // Keys are made of names: "lapsed-but-recoverable".
  if (typeof value === 'string') return value.replaceAll(/(?<=\p{L})-(?=\p{L})/gu, ' ');
  if (Array.isArray(value)) return value.map(valueWords).filter(Boolean).join(', ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([field, inner]) => `${label(field)} ${valueWords(inner)}`)
      .join(', ');
  return '';
}

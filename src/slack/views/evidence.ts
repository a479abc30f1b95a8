import type { KnownBlock } from '@slack/types';
import { dayText } from '../../markdown/figures.ts';
import { findTool } from '../../tools/run-tool.ts';
import { context, divider, section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { bold, mrkdwn } from '../blocks/text.ts';
import { bullets, sentence } from './figures.ts';
import { type EvidenceCall, figureLines, label } from './told-figures.ts';

export interface Evidence {
  /** Blank where nobody asked in words. */
  question: string;
  calls: readonly EvidenceCall[];
  sources: readonly { what: string; asOf: string | null }[];
  author: 'model' | 'deterministic';
  /** Those that whoever looks may not see. */
  withheld: number;
}

/** Figures of one call: more than these nobody reads in a window. */
const MOST_LINES = 60;
const MOST_CALLS = 20;

/** What an answer rests on: what was looked up, how, and the figures that came back. */
export function evidenceBlocks({ question, calls, sources, author, withheld }: Evidence): KnownBlock[] {
  const told = calls
    .slice(0, MOST_CALLS)
    .flatMap((call, i) => [...(i === 0 ? [] : [divider()]), ...callBlocks(call)]);
  const dated = sources.map(
    ({ what, asOf }) => `${mrkdwn(what)}${asOf === null ? '' : `, as of ${dayText(asOf)}`}`,
  );
  return [
    ...(question === '' ? [] : [section(`*Asked:* ${mrkdwn(question)}`)]),
    ...(dated.length === 0 ? [] : [section(`*What was looked at*\n${bullets(dated)}`)]),
    ...(told.length === 0 ? [section('Nothing was looked up for this answer.')] : [divider(), ...told]),
    ...(calls.length > MOST_CALLS ? [context(`and ${calls.length - MOST_CALLS} more look-ups`)] : []),
    ...(withheld === 0
      ? []
      : [context('Some of what was looked up is for the role of who asked, and is not shown to you.')]),
    context(
      author === 'model'
        ? 'A language model wrote the answer; its figures were held against these.'
        : 'The words of the question chose what was looked up; no language model took part.',
    ),
  ].slice(0, limits.view.blocks);
}

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
  const shown = lines.slice(0, MOST_LINES);
  const left = lines.length - shown.length;
  return [
    section(head),
    ...chunksOf(shown).map(text => section(text)),
    ...(left > 0 ? [context(`and ${left} more lines`)] : []),
    ...(shown.length === 0 ? [context('It told no figures.')] : []),
  ];
}

/** Lines as texts that a section holds. */
function chunksOf(lines: readonly string[]): string[] {
  const chunks: string[] = [];
  for (const line of lines.map(each => `• ${each}`)) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + line.length < limits.section.text - 100)
      chunks[chunks.length - 1] = `${last}\n${line}`;
    else chunks.push(line);
  }
  return chunks.slice(0, 6);
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
  return said.length === 0 ? '' : `\n_${sentence(said.join('; ')).slice(0, 500)}_`;
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

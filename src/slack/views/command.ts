import type { KnownBlock } from '@slack/types';
import { actions, button } from '../blocks/actions.ts';
import { context, section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { mrkdwn } from '../blocks/text.ts';
import { answerActions } from './answer-actions.ts';
import { bullets } from './figures.ts';

export const commandActions = {
  /** Value: the text of a command. */
  everyone: 'command_everyone',
} as const;

interface Named {
  key: string;
  name: string;
}

/** Buttons with the names of segments, each of which shows one. */
function nameButtons(segments: readonly Named[]): KnownBlock[] {
  if (segments.length === 0) return [];
  return [
    actions(
      segments
        .slice(0, limits.actions.elements)
        .map(({ key, name }, i) =>
          button({ action: `${answerActions.segment}.${i}`, text: name, value: key, label: `Show ${name}` }),
        ),
    ),
  ];
}

export function whichSegment(words: string, segments: readonly Named[]): KnownBlock[] {
  return [section(`Which one do you mean by “${mrkdwn(words)}”?`), ...nameButtons(segments)];
}

/** @param near those that are written like it; all others are offered where none is */
export function noSuchSegment(words: string, near: readonly Named[], all: readonly Named[]): KnownBlock[] {
  return [
    section(
      near.length > 0
        ? `No segment is called “${mrkdwn(words)}”. Did you mean one of these?`
        : `No segment is called “${mrkdwn(words)}”. These there are:`,
    ),
    ...nameButtons(near.length > 0 ? near : all),
    context(
      '`/segments find` looks for customers by what they do; `/segments help` says what else there is.',
    ),
  ];
}

export function helpBlocks(questions: readonly string[]): KnownBlock[] {
  return [
    section('*What the command shows*'),
    section(
      bullets([
        '`/segments list`: all segments, and how large each is',
        '`/segments show NAME`: one of them: who they are, what to do, what to avoid',
        '`/segments moves`: who went from which segment to which at the last refresh',
        '`/segments drift`: what the last refresh found to have changed',
        '`/segments find WORDS`: customers or segments by words, such as _lapsed but recoverable_',
      ]),
    ),
    ...(questions.length === 0
      ? []
      : [section(`*What finding answers best*\n${bullets(questions.map(mrkdwn))}`)]),
    context(
      'Only you see the answers, until you show one to everyone. None of them asks a language model. For all other questions write to Kindred, or mention it.',
    ),
  ];
}

/** Under what one person sees. */
export function showToEveryone(command: string): KnownBlock {
  return actions([
    button({ action: commandActions.everyone, text: 'Show to everyone', value: command.slice(0, 2000) }),
  ]);
}

/** Under what somebody showed to a channel. */
export const shownBy = (user: string) => context(`Shown by <@${user}> with \`/segments\`.`);

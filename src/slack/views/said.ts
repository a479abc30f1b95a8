import { withDays } from '../../markdown/figures.ts';
import { mrkdwn } from '../blocks/text.ts';

/** A command of ours, as texts that Kindred writes name one. */
export const command = /`(kindred [\w -]+)`/;

/** What a text names a command for, and who reads it in Slack mostly has no terminal for. */
const forOthers: readonly (readonly [string, string])[] = [
  ['redo the figures: `kindred refresh --again`', 'ask whoever runs Kindred to redo the figures'],
  ['`kindred refresh` takes the newer ones in', 'whoever runs Kindred can take the newer ones in'],
  ['`kindred recluster` finds the segments anew', 'Ask whoever runs Kindred to find the segments anew'],
  ['`kindred proposals` lists them', 'the button below lists them'],
];

/** As somebody reads it who can press and ask, but runs no commands. */
export const withoutTerminal = (text: string) =>
  forOthers.reduce((told, [command, asked]) => told.replaceAll(command, asked), text);

/** A text of a digest as mrkdwn: dates as people write them, commands as code, all else as text. */
export const said = (text: string) => ownWords(withoutTerminal(text));

/** What texts of ours name to be copied or looked up: as it stands, nothing of it can come alive. */
const copied =
  /(`kindred [\w -]+`|slack\/manifest\.json|https:\/\/(?:api\.slack\.com\/apps|slack\.com\/api\/|slack-status\.com|docs\.slack\.dev\/reference\/methods))/;

/** A text of ours with pieces from data in it, as what went wrong, as mrkdwn: all but what is copied from it as text. */
export function ownWords(text: string): string {
  return text
    .split(copied)
    .map((part, i) => (i % 2 === 1 ? part : between(withDays(part))))
    .join('');
}

/** Spaces at the ends hold a command apart. */
function between(text: string): string {
  const [start, end] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : ''];
  return text.trim() === '' ? start : `${start}${mrkdwn(text)}${end}`;
}

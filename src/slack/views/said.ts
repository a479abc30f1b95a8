import { withDays } from '../../markdown/figures.ts';
import { mrkdwn } from '../blocks/text.ts';

/** A command of ours, as texts that Kindred writes name one. */
export const command = /`(kindred [\w -]+)`/;

/** A text of a digest as mrkdwn: dates as people write them, commands as code, all else as text. */
export function said(text: string): string {
  return text
    .split(command)
    .map((part, i) => (i % 2 === 1 ? `\`${part}\`` : between(withDays(part))))
    .join('');
}

/** Spaces at the ends hold a command apart. */
function between(text: string): string {
  const [start, end] = [/^\s/.test(text) ? ' ' : '', /\s$/.test(text) ? ' ' : ''];
  return text.trim() === '' ? start : `${start}${mrkdwn(text)}${end}`;
}

import { formatError } from '../../errors.ts';
import type { Finding } from '../../slack/check.ts';
import type { ConnectionTold } from '../../slack/connection/status.ts';
import { indent, oneLine, wrap } from './text.ts';

const marks = { good: '✓', missing: '✗', note: '–' } as const;

/** A line for each thing that was looked at, with what to do below it. */
export function checkView(findings: readonly Finding[], width: number): string {
  const lines = findings.map(({ state, what, next }) => {
    const told = [what, ...(next === undefined ? [] : [next])];
    const paragraphs = told.map(text => indent(wrap(oneLine(text), width - 2), 2));
    return `${marks[state]}${paragraphs.join('\n').slice(1)}\n`;
  });
  const missing = findings.filter(({ state }) => state === 'missing').length;
  const end =
    missing === 0
      ? 'Slack is set up: start `kindred serve`, and write to Kindred.\n'
      : 'Slack is not set up yet: docs/connect-slack.md says how.\n';
  return `${lines.join('')}\n${end}`;
}

/** What a person who started the server reads when Slack is there, or turns it away. */
export function connectionView(told: ConnectionTold, width: number): string {
  if ('refused' in told)
    return `Slack is not connected: everything else goes on.\n${indent(wrapped(formatError(told.refused), width - 2), 2)}\n`;
  return `Slack: connected as ${oneLine(told.as)} in ${oneLine(told.workspace)}.\n`;
}

const wrapped = (text: string, width: number) =>
  text
    .split('\n')
    .map(line => wrap(line.trim(), width))
    .join('\n');

import type { Digest } from '../../agent/tasks/digest/digest.ts';
import type { PlannedDelivery } from '../../slack/delivery/planned.ts';
import { indent, wrap } from './text.ts';

/** Where a digest goes, or why it goes nowhere. */
export type DigestDelivery = { to: PlannedDelivery[] } | { notSent: string };

type Ended = Exclude<PlannedDelivery['status'], 'planned' | 'queued'>;

const ends: Readonly<Record<Ended, string>> = {
  sending: 'is being sent, from',
  sent: 'was sent',
  superseded: 'was left out for a newer one, due',
  refused: 'was refused by Slack, due',
};

/** Above the digest itself. */
export function digestDeliveryView(
  delivery: DigestDelivery,
  { digest, why, now }: { digest: Digest; why: string | null; now: Date },
  width: number,
): string {
  const words =
    digest.author === 'model'
      ? 'In the words of a model, held against the figures.'
      : `In words that follow from the figures${why === null ? '.' : `, as no model’s stand: ${why}`}`;
  return `${[words, ...linesOf(delivery, now)].map(line => wrap(line, width)).join('\n')}\n`;
}

function linesOf(delivery: DigestDelivery, now: Date): string[] {
  if ('notSent' in delivery) return [`Nothing is sent. ${delivery.notSent}`];
  return delivery.to.flatMap(one => [
    `To ${one.channel}: ${stateOf(one, now)}.`,
    ...(one.problem === null ? [] : [indent(one.problem, 2)]),
  ]);
}

function stateOf({ at, timeZone, status }: PlannedDelivery, now: Date): string {
  const moment = momentIn(at, timeZone);
  if (status !== 'planned' && status !== 'queued') return `${ends[status]} ${moment}`;
  return Date.parse(at) > now.getTime()
    ? `goes out ${moment}, by \`kindred serve\``
    : 'goes out at once where `kindred serve` runs';
}

/** "16 Nov 2026, 08:00 (Europe/London)" */
function momentIn(at: string, timeZone: string): string {
  const told = new Date(at).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return `${told} (${timeZone})`;
}

import { z } from 'zod';
import { InputError } from './errors.ts';

/** For how many months each kind of row is kept; null: for good. */
export type Retention = Readonly<Record<RetainedKind, number | null>>;

export type RetainedKind = keyof typeof kinds;

/**
 * What is kept for how long where nothing else is said, and the fewest months that can be said. Customers, orders and
 * their lines, tickets and consents have no limit here: books have to be kept, and a no must not be forgotten.
 */
const kinds = {
  /** Features look half a year back, and drift looks at the same weeks of the year before. */
  events: { months: 37, least: 14 },
  rejects: { months: 3, least: 0 },
  conversations: { months: 13, least: 1 },
  replies: { months: 13, least: 1 },
  /** What asking models took. */
  usage: { months: 25, least: 2 },
  audit: { months: 84, least: 12 },
  slack: { months: 3, least: 1 },
  jobs: { months: 13, least: 1 },
  /** Runs of syncs that are over; who is treated and who is held out stays. */
  syncs: { months: 13, least: 1 },
  /** Access that has ended. */
  tokens: { months: 13, least: 1 },
  'what-ifs': { months: 3, least: 1 },
} as const satisfies Record<string, { months: number; least: number }>;

export const retainedKinds = Object.keys(kinds) as RetainedKind[];

/** "events=25 months, audit=10 years, replies=forever" */
export const retentionEnvironment = { KINDRED_KEEP: z.string().default('') };

export function retentionConfig({ KINDRED_KEEP: text }: { KINDRED_KEEP: string }): Retention {
  const kept: Record<string, number | null> = Object.fromEntries(
    retainedKinds.map(kind => [kind, kinds[kind].months]),
  );
  for (const part of text.split(',').map(piece => piece.trim())) {
    if (part === '') continue;
    const [, name, count, unit] =
      /^([a-z-]+)\s*=\s*(?:(\d{1,3})\s*(months?|years?)|forever)$/.exec(part) ?? [];
    if (!name || !retainedKinds.includes(name as RetainedKind))
      throw new InputError(
        `KINDRED_KEEP: "${part}" is not understood.`,
        `Write such as "events=25 months, audit=10 years, replies=forever"; there are ${retainedKinds.join(', ')}.`,
      );
    const { least } = kinds[name as RetainedKind];
    const months = count === undefined ? null : Number(count) * (unit!.startsWith('year') ? 12 : 1);
    if (months !== null && months < least)
      throw new InputError(
        `KINDRED_KEEP: ${name} are needed for ${least} months at least${name === 'events' ? ', as features and drift look back that far' : ''}.`,
        `Say ${name}=${least} months, or more.`,
      );
    kept[name] = months;
  }
  return kept as Retention;
}

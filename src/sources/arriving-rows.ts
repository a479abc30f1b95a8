import { z } from 'zod';
import { expected } from './cell-expressions.ts';

/** An event as it is stored, but for its source and profile. Times are UTC text, as SQL reads it. */
export interface ArrivingEvent {
  event_id: string;
  customer_id: string;
  occurred_at: string;
  type: string;
  session_id: string | null;
  category: string | null;
  sku: string | null;
  origin: string | null;
  campaign_id: string | null;
}

export interface RejectedEvent {
  /** Its place among those that were sent, from 1. */
  row: number;
  reason: string;
  /** As it was sent. */
  content: string;
}

export interface ReadEvents {
  /** How many were sent. */
  received: number;
  /** No two with the same id. */
  events: ArrivingEvent[];
  rejected: RejectedEvent[];
}

/** One event as it was sent: what its JSON says, or the text that is none. */
export type SentEvent = { json: unknown } | { text: string };

/** Reads one by one what was sent; the rules, and the words for what breaks them, are those for a file of events. */
export function readEvents(sent: readonly SentEvent[], now: Date): ReadEvents {
  const shape = eventShape(now);
  const rejected: RejectedEvent[] = [];
  const byId = new Map<string, { row: number; event: ArrivingEvent }>();
  const reject = (row: number, reason: string) => {
    const given = sent[row - 1]!;
    rejected.push({ row, reason, content: 'json' in given ? contentOf(given.json) : given.text });
  };
  for (const [i, given] of sent.entries()) {
    const row = i + 1;
    const parsed = 'json' in given && isObject(given.json) ? shape.safeParse(given.json) : undefined;
    if (!parsed?.success) {
      reject(row, parsed?.error.issues[0]?.message ?? 'not a JSON object');
      continue;
    }
    const event = parsed.data;
    const earlier = byId.get(event.event_id);
    if (earlier && sameEvent(earlier.event, event)) {
      reject(row, 'repeats an earlier row exactly');
      continue;
    }
    if (earlier) reject(earlier.row, 'same event_id as a later row, which was kept');
    byId.delete(event.event_id);
    byId.set(event.event_id, { row, event });
  }
  rejected.sort((a, b) => a.row - b.row);
  return { received: sent.length, events: [...byId.values()].map(({ event }) => event), rejected };
}

function contentOf(json: unknown): string {
  try {
    return JSON.stringify(json);
  } catch (error) {
    // What is nested many thousands deep can be read, but not written.
    if (error instanceof RangeError) return '(nested too deep to be shown)';
    throw error;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function sameEvent(one: ArrivingEvent, other: ArrivingEvent): boolean {
  return (Object.keys(one) as (keyof ArrivingEvent)[]).every(column => one[column] === other[column]);
}

/** Fields that are not told are blank, unknown ones are left out. */
function eventShape(now: Date) {
  const latest = now.getTime() + 86_400_000;
  const id = (name: string) =>
    cell(name, text => {
      const cleaned = cleanId(text);
      return cleaned !== null && /^[0-9]([.,][0-9]+)?E\+[0-9]+$/.test(cleaned)
        ? { problem: `${name} ${expected.id}` }
        : { value: cleaned };
    });
  const text = (name: string) => cell(name, given => ({ value: withoutBlankWords(trimmed(given)) }));
  const time = cell('occurred_at', given => {
    const cleaned = withoutBlankWords(trimmed(given));
    const read = cleaned === null ? null : readTime(cleaned);
    if (cleaned !== null && !read) return { problem: `occurred_at ${expected.time}` };
    if (read && (read.at < earliest || read.at > latest))
      return { problem: 'occurred_at is before 1990 or after the day of import' };
    return { value: read?.text ?? null };
  });
  const needed = (name: string, shape: z.ZodType<string | null>) =>
    shape.transform((value, context) => {
      if (value !== null) return value;
      context.issues.push({ code: 'custom', message: `no ${name}`, input: value });
      return z.NEVER;
    });
  return z
    .object({
      event_id: needed('event_id', id('event_id')),
      customer_id: needed('customer_id', id('customer_id')),
      occurred_at: needed('occurred_at', time),
      type: needed('type', text('type')),
      session_id: id('session_id'),
      category: text('category'),
      sku: id('sku'),
      source: text('source'),
      origin: text('origin'),
      campaign_id: id('campaign_id'),
    })
    .transform(({ source, origin, ...rest }) => ({ ...rest, origin: origin ?? source }));
}

const earliest = Date.UTC(1990, 0, 1);

/** Text and numbers; anything else is not what a cell can hold. */
function cell(
  name: string,
  read: (text: string) => { value: string | null } | { problem: string },
): z.ZodType<string | null> {
  return z
    .unknown()
    .optional()
    .transform((given, context) => {
      const written =
        typeof given === 'string' || typeof given === 'number' ? storable(String(given)) : (given ?? null);
      const found =
        written === null
          ? { value: null }
          : typeof written === 'string'
            ? read(written)
            : { problem: `${name} is not text` };
      if ('value' in found) return found.value;
      context.issues.push({ code: 'custom', message: found.problem, input: given });
      return z.NEVER;
    });
}

/**
 * Without NUL and halves of characters, which the stores leave out or replace: ids that differ here have to differ there.
 */
export function storable(text: string): string {
  if (!/[\0\ud800-\udfff]/.test(text)) return text;
  return text.replaceAll('\0', '').replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

/** As `cleaned` of cell-expressions.ts cleans the cells of files, so that an id is the same however it comes. */
function cleanId(text: string): string | null {
  const bare = trimmed(text).replace(/^' */, '');
  return withoutBlankWords(/^[0-9]+\.0$/.test(bare) ? bare.slice(0, -2) : bare);
}

const trimmed = (text: string) => text.replace(/^ +| +$/g, '');

const blankWords = new Set(['', 'nan', 'null', 'none', 'n/a', '\\n']);

function withoutBlankWords(text: string): string | null {
  return blankWords.has(text.toLowerCase()) ? null : text;
}

const writtenTime =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ]*(?:(\d{1,2}):(\d{2}))?(?::(\d{2})(?:[.,](\d+))?)?\s*(?:Z|UTC|GMT)?(?:([+-])(\d{2}):?(\d{2})?)?$/;

/** The time in UTC, to the microsecond; without a zone it is UTC already. */
function readTime(text: string): { at: number; text: string } | null {
  const found = writtenTime.exec(text);
  if (!found) return null;
  const part = (i: number) => Number(found[i] ?? 0);
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(part) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = Date.UTC(year, month - 1, day, hour, minute, second);
  const written = new Date(local);
  if (written.getUTCMonth() !== month - 1 || written.getUTCDate() !== day) return null;
  if (minute > 59 || second > 59 || part(9) > 15 || part(10) > 59) return null;
  const offset = (part(9) * 60 + part(10)) * 60_000;
  const at = local + (found[8] === '-' ? offset : -offset);
  const micros = (found[7] ?? '').slice(0, 6).padEnd(6, '0');
  const seconds = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return { at, text: micros === '000000' ? seconds : `${seconds}.${micros}` };
}

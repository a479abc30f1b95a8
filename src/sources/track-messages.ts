import { createHash } from 'node:crypto';
import type { SentEvent } from './arriving-rows.ts';

/** What of the messages of Segment's tracking API is an event of somebody, and what was left out and why. */
export interface TrackedEvents {
  events: SentEvent[];
  leftOut: { reason: string; messages: number }[];
}

/**
 * Events as `readEvents` takes them, from messages as Segment's libraries send them (its HTTP tracking API: `track` calls
 * with userId, event, properties, timestamp, messageId). Other calls, and messages of nobody who is known, are left out.
 */
export function trackedEvents(messages: readonly unknown[]): TrackedEvents {
  const events: SentEvent[] = [];
  const reasons = new Map<string, number>();
  for (const message of messages) {
    const fields = objectOf(message);
    const reason = whyLeftOut(fields);
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    else events.push({ json: eventOf(fields) });
  }
  const leftOut = [...reasons].map(([reason, count]) => ({ reason, messages: count }));
  return {
    events,
    leftOut: leftOut.sort((a, b) => b.messages - a.messages || (a.reason < b.reason ? -1 : 1)),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function objectOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function whyLeftOut({ type = 'track', userId }: Fields): string | null {
  if (type !== 'track') return 'not a track call';
  return blank(userId) ? 'no userId: nobody who is known' : null;
}

function eventOf(fields: Fields): Fields {
  const properties = objectOf(fields.properties);
  const context = objectOf(fields.context);
  const [product] = Array.isArray(properties.products) ? properties.products : [];
  const of = (name: string) => first(properties[name], objectOf(product)[name]);
  return {
    event_id: blank(fields.messageId) ? contentId(fields) : fields.messageId,
    customer_id: fields.userId,
    // The moment it happened by the sender's clock: one that is corrected by when it came would differ at each try.
    occurred_at: first(fields.timestamp, fields.originalTimestamp, fields.sentAt),
    type: fields.event,
    session_id: first(properties.session_id, context.sessionId),
    category: of('category'),
    sku: first(of('sku'), of('product_id')),
    origin: context.channel,
    campaign_id: first(properties.campaign_id, objectOf(context.campaign).name),
  };
}

const blank = (value: unknown) => value === undefined || value === null || value === '';

const first = (...values: unknown[]) => values.find(value => !blank(value));

/** A message without an id is known by all that it says, so that sent twice it is stored once. */
function contentId({ sentAt: _, ...fields }: Fields): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32);
}

import { klaviyoApi, type Resource } from '../../../vendors/klaviyo-api.ts';
import type { CanonicalRow, Cursor, Page, Stream } from '../../pull/source.ts';
import { type KnownMetric, metricIds } from './metrics.ts';

/** Events may be recorded some time after they happened, by when they are sorted. */
const overlap = 24 * 60 * 60_000;

interface EventAttributes {
  datetime?: string | null;
  event_properties?: Readonly<Record<string, unknown>> | null;
}

type Happened = Resource<EventAttributes> & { customer: string; at: string };

/** Events of one metric, oldest first. */
export function eventStream(metric: KnownMetric): Stream {
  return streamOf(metric, events => ({ events: events.map(event => eventRow(event, metric.type)) }));
}

/** Orders as Klaviyo has them of the shop, for connections that were told that nothing else brings them. */
export function orderStream(metric: KnownMetric): Stream {
  const stream = streamOf(metric, events => ({ orders: events.map(orderRow) }));
  return {
    ...stream,
    pull: (connection, cursor, platform) =>
      connection.settings.orders === 'yes' ? stream.pull(connection, cursor, platform) : nothing(),
  };
}

async function* nothing(): AsyncIterable<Page> {}

function streamOf(metric: KnownMetric, rows: (events: readonly Happened[]) => Page['rows']): Stream {
  return {
    name: metric.stream,
    title: metric.title,
    async *pull(connection, cursor, platform) {
      const api = klaviyoApi(connection, platform);
      // Of a metric that was renamed both are asked, each from its own moment on.
      let stands: Cursor = cursor ?? {};
      for (const id of await metricIds(api, metric)) {
        const since = typeof stands[id] === 'string' ? stands[id] : null;
        const query = {
          filter: [
            `equals(metric_id,"${id}")`,
            ...(since === null
              ? []
              : [`greater-or-equal(datetime,${new Date(Date.parse(since) - overlap).toISOString()})`]),
          ].join(','),
          sort: 'datetime',
          'fields[event]': 'datetime,event_properties',
          'page[size]': 1000,
        };
        for await (const page of api.pages<EventAttributes>({ kind: 'events', path: '/events', query })) {
          const events = page.flatMap(happened);
          const unknown = page.length - events.length;
          const last = events.at(-1)?.at;
          const before = typeof stands[id] === 'string' ? stands[id] : undefined;
          if (last !== undefined && (before === undefined || last > before))
            stands = { ...stands, [id]: last };
          yield {
            rows: rows(events),
            received: page.length,
            leftOut:
              unknown === 0 ? [] : [{ reason: 'an event of nobody, or without a time', records: unknown }],
            cursor: stands,
          };
        }
      }
    },
  };
}

function happened(event: Resource<EventAttributes>): Happened[] {
  const profile = event.relationships?.profile?.data;
  const { datetime } = event.attributes;
  const customer = profile && 'id' in profile ? profile.id : undefined;
  if (!customer || !datetime || Number.isNaN(Date.parse(datetime))) return [];
  return [{ ...event, customer, at: new Date(datetime).toISOString() }];
}

function eventRow({ id, attributes, customer, at }: Happened, type: string): CanonicalRow {
  const told = attributes.event_properties ?? {};
  return {
    event_id: id,
    customer_id: customer,
    occurred_at: at,
    type,
    origin: text(told.$flow) === null ? 'campaign' : 'flow',
    campaign_id: text(told.$message) ?? text(told['Campaign Name']),
  };
}

function orderRow({ id, attributes, customer, at }: Happened): CanonicalRow {
  const told = attributes.event_properties ?? {};
  const total = Number(told.$value);
  return {
    order_id: text(told.$event_id) ?? text(told.OrderId) ?? id,
    customer_id: customer,
    ordered_at: at,
    total: told.$value !== undefined && Number.isFinite(total) ? total.toFixed(4) : null,
    currency: text(told.$currency_code) ?? text(told['$currency code']),
  };
}

function text(value: unknown): string | null {
  return (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : null;
}

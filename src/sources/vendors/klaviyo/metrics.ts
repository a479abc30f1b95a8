import type { KlaviyoApi } from '../../../vendors/klaviyo-api.ts';

/** A kind of event that Klaviyo keeps, and what it is here. */
export interface KnownMetric {
  /** Of the stream; kept with the cursor. */
  stream: string;
  title: string;
  /** As Klaviyo calls it, or called it before. */
  names: readonly string[];
  /** Whose: Klaviyo's own, or a shop's. */
  integration: 'Klaviyo' | 'eCommerce';
  type: string;
}

/**
 * What happens to e-mails. What people do in the shop is left to the sources of the shop, which Klaviyo has it from: it would
 * be counted twice.
 */
export const emailMetrics: readonly KnownMetric[] = [
  klaviyos('received', 'e-mails received', 'Email Delivered', 'Received Email'),
  klaviyos('opened', 'e-mails opened', 'Email Opened', 'Opened Email'),
  klaviyos('clicked', 'e-mails clicked', 'Email Link Clicked', 'Clicked Email'),
  klaviyos('bounced', 'e-mails bounced', 'Email Bounced', 'Bounced Email'),
  klaviyos('spam', 'e-mails marked as spam', 'Email Marked as Spam', 'Marked Email as Spam'),
  klaviyos(
    'unsubscribed',
    'e-mails unsubscribed from',
    'Unsubscribed',
    'Unsubscribed from Email Marketing',
    'Unsubscribed',
  ),
];

export const placedOrders: KnownMetric = {
  stream: 'orders',
  title: 'placed orders',
  names: ['Placed Order'],
  integration: 'eCommerce',
  type: 'Order Completed',
};

function klaviyos(stream: string, title: string, type: string, ...names: string[]): KnownMetric {
  return { stream, title, names, integration: 'Klaviyo', type };
}

interface MetricAttributes {
  name?: string | null;
  integration?: { name?: string | null; category?: unknown } | null;
}

/**
 * The ids of a metric, in the order of its names. Of several with one name, as when a shop also sends it by itself, that of
 * the integration counts, or the first: an event must not come by two ways.
 */
export async function metricIds(
  api: KlaviyoApi,
  { names, integration }: KnownMetric,
): Promise<readonly string[]> {
  const found = new Map<string, { id: string; own: boolean }[]>();
  for await (const page of api.pages<MetricAttributes>({
    kind: 'metrics',
    path: '/metrics',
    query: { 'fields[metric]': 'name,integration' },
  }))
    for (const { id, attributes } of page) {
      const name = attributes.name ?? '';
      if (!names.includes(name)) continue;
      const own = isOf(attributes.integration ?? {}, integration);
      found.set(name, [...(found.get(name) ?? []), { id, own }]);
    }
  return names.flatMap(name => {
    const [first] = (found.get(name) ?? []).sort(
      (a, b) => Number(b.own) - Number(a.own) || (a.id < b.id ? -1 : 1),
    );
    return first ? [first.id] : [];
  });
}

/** An integration has a category as a name, or as an object with one. */
function isOf(
  { name, category }: NonNullable<MetricAttributes['integration']>,
  wanted: KnownMetric['integration'],
): boolean {
  if (wanted === 'Klaviyo') return name === 'Klaviyo';
  const named =
    typeof category === 'object' && category !== null && 'name' in category ? category.name : category;
  return typeof named === 'string' && named.toLowerCase() === 'ecommerce';
}

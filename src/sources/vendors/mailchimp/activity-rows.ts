import { createHash } from 'node:crypto';
import type { CanonicalRow, Page } from '../../pull/source.ts';
import { consentRow } from './members.ts';

/** A campaign that was sent. */
export interface Campaign {
  id: string;
  send_time: string;
}

export type ReportRows = Pick<Page, 'rows' | 'received' | 'leftOut'>;

interface Recipient {
  email_id: string;
}

/** Who got it: told without a time, so that of the sending stands. */
export function deliveries(
  campaign: Campaign,
  recipients: readonly (Recipient & { status: string })[],
): ReportRows {
  const sent = recipients.filter(({ status }) => status === 'sent');
  const left = recipients.length - sent.length;
  return {
    rows: {
      events: sent.map(({ email_id }) =>
        eventRow(campaign, email_id, 'Email Delivered', campaign.send_time, 'delivered'),
      ),
    },
    received: recipients.length,
    leftOut:
      left === 0 ? [] : [{ reason: 'an e-mail that bounced, which its activity tells', records: left }],
  };
}

export interface Activity {
  action: string;
  timestamp: string;
  url?: string;
}

const types: Readonly<Record<string, string>> = {
  open: 'Email Opened',
  click: 'Email Link Clicked',
  bounce: 'Email Bounced',
};

/** What people did with it. What is told twice of one second is one event. */
export function activities(
  campaign: Campaign,
  recipients: readonly (Recipient & { activity?: readonly Activity[] })[],
): ReportRows {
  const events = new Map<string, CanonicalRow>();
  let received = 0;
  let unknown = 0;
  for (const { email_id, activity = [] } of recipients)
    for (const { action, timestamp, url } of activity) {
      received++;
      const type = types[action];
      if (type === undefined) unknown++;
      else {
        const link = url ? ` ${createHash('md5').update(url).digest('hex')}` : '';
        const row = eventRow(campaign, email_id, type, timestamp, `${action} ${timestamp}${link}`);
        events.set(String(row.event_id), row);
      }
    }
  const twice = received - unknown - events.size;
  return {
    rows: { events: [...events.values()] },
    received,
    leftOut: [
      ...(unknown === 0 ? [] : [{ reason: 'another kind of activity', records: unknown }]),
      ...(twice === 0 ? [] : [{ reason: 'told twice', records: twice }]),
    ],
  };
}

/** Who unsubscribed by it or called it spam, which is a consent withdrawn, too. */
export function farewells(
  campaign: Campaign,
  people: readonly { customer: string; at: string }[],
  type: 'Unsubscribed' | 'Email Marked as Spam',
): ReportRows {
  return {
    rows: {
      events: people.map(({ customer, at }) =>
        eventRow(campaign, customer, type, at, `${type.toLowerCase()} ${at}`),
      ),
      consents: people.map(({ customer, at }) => consentRow(customer, 'email', 'withdrawn', at)),
    },
    received: people.length,
    leftOut: [],
  };
}

function eventRow(
  campaign: Campaign,
  customer: string,
  type: string,
  at: string,
  what: string,
): CanonicalRow {
  return {
    event_id: `${campaign.id} ${customer} ${what}`,
    customer_id: customer,
    occurred_at: new Date(at).toISOString(),
    type,
    origin: 'campaign',
    campaign_id: campaign.id,
  };
}

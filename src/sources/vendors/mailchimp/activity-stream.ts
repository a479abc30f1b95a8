import { ifFound } from '../../../vendors/if-found.ts';
import { type MailchimpApi, mailchimpApi, mostOfPage } from '../../../vendors/mailchimp-api.ts';
import type { Cursor, Stream } from '../../pull/source.ts';
import {
  type Activity,
  activities,
  type Campaign,
  deliveries,
  farewells,
  type ReportRows,
} from './activity-rows.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
/** So long after its sending a campaign is looked at again. */
const followed = 90 * day;
/** Clocks differ, and sending takes its time. */
const overlap = day;

/** What is asked of the report of a campaign, in this order; one page is up to a thousand recipients. */
const parts: readonly Part[] = [
  {
    path: 'sent-to',
    fields: 'sent_to.email_id,sent_to.status',
    onlyOnce: true,
    read: (campaign, body) => {
      const { sent_to: people } = body as { sent_to: readonly { email_id: string; status: string }[] };
      return { ...deliveries(campaign, people), people: people.length };
    },
  },
  {
    path: 'email-activity',
    fields: 'emails.email_id,emails.activity',
    read: (campaign, body) => {
      const { emails } = body as { emails: readonly { email_id: string; activity?: readonly Activity[] }[] };
      return { ...activities(campaign, emails), people: emails.length };
    },
  },
  {
    path: 'unsubscribed',
    fields: 'unsubscribes.email_id,unsubscribes.timestamp',
    read: (campaign, body) => {
      const { unsubscribes } = body as { unsubscribes: readonly { email_id: string; timestamp: string }[] };
      const people = unsubscribes.map(one => ({ customer: one.email_id, at: one.timestamp }));
      return { ...farewells(campaign, people, 'Unsubscribed'), people: people.length };
    },
  },
  {
    path: 'abuse-reports',
    onePage: true,
    fields: 'abuse_reports.email_id,abuse_reports.date',
    read: (campaign, body) => {
      const { abuse_reports } = body as { abuse_reports: readonly { email_id: string; date: string }[] };
      const people = abuse_reports.map(one => ({ customer: one.email_id, at: one.date }));
      return { ...farewells(campaign, people, 'Email Marked as Spam'), people: people.length };
    },
  },
];

interface Part {
  path: string;
  fields: string;
  /** Changes no more once the campaign is sent. */
  onlyOnce?: true;
  /** Told whole. */
  onePage?: true;
  read(campaign: Campaign, body: unknown): ReportRows & { people: number };
}

/** Where a round through the campaigns stands. */
interface Place {
  /** When this round and the one before it began; null for the first. */
  round: string;
  before: string | null;
  /** The campaign in hand, null before the first one. */
  campaign: string | null;
  sent: string | null;
  part: number;
  offset: number;
}

/**
 * What people did with campaigns, from the reports of campaigns: for each thousand recipients a few requests, where the
 * activity of members would take one for each of them. A round goes through all campaigns that may have news, in the order
 * of their sending.
 */
export const activityStream: Stream = {
  name: 'activity',
  title: 'e-mails delivered, opened, clicked and unsubscribed from',
  async *pull(connection, cursor, platform) {
    const api = mailchimpApi(connection, platform);
    let place = placeOf(cursor) ?? {
      round: platform.now().toISOString(),
      before: typeof cursor?.round === 'string' ? cursor.round : null,
      campaign: null,
      sent: null,
      part: 0,
      offset: 0,
    };
    const campaigns = await campaignsOf(api, connection.settings.audience ?? '', place.before);
    for (const campaign of campaigns) {
      if (place.sent !== null && order(campaign, { id: place.campaign!, send_time: place.sent }) < 0)
        continue;
      if (campaign.id !== place.campaign)
        place = { ...place, campaign: campaign.id, sent: campaign.send_time, part: 0, offset: 0 };
      for (; place.part < parts.length; place = { ...place, part: place.part + 1, offset: 0 }) {
        const part = parts[place.part]!;
        if (part.onlyOnce && isOld(campaign, place)) continue;
        for (let more = true; more; ) {
          const told = await reportOf(api, campaign, part, place);
          more = told !== null && told.people === mostOfPage && !part.onePage;
          place = { ...place, offset: more ? place.offset + mostOfPage : 0 };
          if (!told || (told.people === 0 && !more)) break;
          const { rows, received, leftOut } = told;
          // A page that was the last of its part stands before the next part.
          const next = more ? place : { ...place, part: place.part + 1 };
          yield { rows, received, leftOut, cursor: { ...next, complete: false } };
        }
      }
    }
    yield { rows: {}, received: 0, leftOut: [], cursor: { round: place.round, complete: true } };
  },
};

/** null where the last round came to its end. */
function placeOf(cursor: Cursor | null): Place | null {
  if (cursor === null || cursor.complete === true) return null;
  const { complete: _, ...place } = cursor;
  return place as unknown as Place;
}

/** Of the audience, those that may have news, in the order of their sending. */
async function campaignsOf(api: MailchimpApi, audience: string, before: string | null): Promise<Campaign[]> {
  const since = before === null ? undefined : new Date(Date.parse(before) - followed).toISOString();
  const found: Campaign[] = [];
  for (let offset = 0; ; offset += mostOfPage) {
    const { campaigns } = await api.json<{ campaigns: readonly Campaign[] }>({
      path: '/campaigns',
      query: {
        list_id: audience,
        status: 'sent',
        since_send_time: since,
        sort_field: 'send_time',
        sort_dir: 'ASC',
        count: mostOfPage,
        offset,
        fields: 'campaigns.id,campaigns.send_time',
      },
    });
    found.push(...campaigns.filter(({ send_time }) => !Number.isNaN(Date.parse(send_time))));
    if (campaigns.length < mostOfPage) break;
  }
  return found.sort(order);
}

function order(a: Campaign, b: Campaign): number {
  return Date.parse(a.send_time) - Date.parse(b.send_time) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Whether it was sent, and told, well before the last round. */
function isOld({ send_time }: Campaign, { before }: Place): boolean {
  return before !== null && Date.parse(send_time) < Date.parse(before) - overlap;
}

/** null where the campaign was deleted. */
function reportOf(api: MailchimpApi, campaign: Campaign, part: Part, place: Place) {
  const since =
    part.path === 'email-activity' && place.before !== null && isOld(campaign, place)
      ? new Date(Date.parse(place.before) - hour).toISOString()
      : undefined;
  return ifFound(async () => {
    const body = await api.json<unknown>({
      path: `/reports/${encodeURIComponent(campaign.id)}/${part.path}`,
      query: { count: mostOfPage, offset: place.offset, since, fields: part.fields },
    });
    return part.read(campaign, body);
  });
}

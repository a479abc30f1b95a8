import {
  type HubspotApi,
  type HubspotRecord,
  hubspotVersion,
  inBatches,
} from '../../../vendors/hubspot-api.ts';
import type { CanonicalRow, Page } from '../../pull/source.ts';

/** Of a ticket, without its subject and its text. */
export const ticketProperties = [
  'createdate',
  'hs_lastmodifieddate',
  'hs_pipeline',
  'hs_ticket_category',
] as const;

/** Tickets of one question for their contacts. */
const mostAsked = 1000;

export interface TicketWords {
  /** Names of the pipelines by their ids. */
  pipelines: ReadonlyMap<string, string>;
  /** The contact of each ticket, by its id. */
  contacts: ReadonlyMap<string, string>;
  csatProperty: string | null;
}

export function ticketRows(
  tickets: readonly HubspotRecord[],
  { pipelines, contacts, csatProperty }: TicketWords,
): Pick<Page, 'rows' | 'leftOut'> {
  const known = tickets.filter(({ id }) => contacts.has(id));
  const left = tickets.length - known.length;
  return {
    rows: {
      tickets: known.map(({ id, properties }): CanonicalRow => {
        const category = properties.hs_ticket_category?.trim();
        return {
          ticket_id: id,
          changed_at: properties.hs_lastmodifieddate ?? null,
          customer_id: contacts.get(id)!,
          opened_at: properties.createdate ?? null,
          kind: category ? inWords(category) : (pipelines.get(properties.hs_pipeline ?? '') ?? null),
          ...(csatProperty === null ? {} : { csat: properties[csatProperty]?.trim() || null }),
        };
      }),
    },
    leftOut: left === 0 ? [] : [{ reason: 'a ticket of no contact', records: left }],
  };
}

/** PRODUCT_ISSUE;BILLING_ISSUE as people read it. */
function inWords(category: string): string {
  return category
    .split(';')
    .map(one => (/^[A-Z0-9_]+$/.test(one) ? one.toLowerCase().replaceAll('_', ' ') : one))
    .join(', ');
}

export async function pipelineNames(api: HubspotApi): Promise<Map<string, string>> {
  const { results } = await api.json<{ results: readonly { id: string; label: string }[] }>({
    path: `/crm/pipelines/${hubspotVersion}/tickets`,
  });
  return new Map(results.map(({ id, label }) => [id, label]));
}

/** The contact of each ticket; of several the one that HubSpot has known longest. */
export async function contactsOfTickets(
  api: HubspotApi,
  tickets: readonly string[],
): Promise<Map<string, string>> {
  const contacts = new Map<string, string>();
  for (const some of inBatches(tickets, mostAsked)) {
    const { results } = await api.json<{ results: readonly Association[] }>({
      method: 'POST',
      path: `/crm/associations/${hubspotVersion}/tickets/contacts/batch/read`,
      idempotent: true,
      json: { inputs: some.map(id => ({ id })) },
    });
    for (const { from, to } of results) {
      const [first] = to.map(({ toObjectId }) => Number(toObjectId)).sort((a, b) => a - b);
      if (first !== undefined) contacts.set(String(from.id), String(first));
    }
  }
  return contacts;
}

interface Association {
  from: { id: string | number };
  to: readonly { toObjectId: string | number }[];
}

import { type HubspotRecord, hubspotApi } from '../../../vendors/hubspot-api.ts';
import type { Page, Source } from '../../pull/source.ts';
import { changedRecords } from './changed-records.ts';
import { contactProperties, contactRows, statedProperties } from './contacts.ts';
import { contactsOfTickets, pipelineNames, ticketProperties, ticketRows } from './tickets.ts';

/** Searches tell which records changed; these are then read themselves, as the index of searches lags behind. */
export const hubspotSource: Source = {
  vendor: 'hubspot',
  streams: [
    {
      name: 'contacts',
      title: 'contacts',
      async *pull(connection, cursor, platform) {
        const api = hubspotApi(connection, platform);
        for await (const { ids, ...rest } of changedRecords(api, 'contacts', 'lastmodifieddate', cursor)) {
          const found = await api.read('contacts', ids, {
            properties: contactProperties,
            history: statedProperties,
          });
          const contacts = inOrder(found, ids);
          yield {
            rows: contactRows(contacts),
            received: ids.length,
            leftOut: deleted(ids.length - contacts.length),
            ...rest,
          };
        }
      },
    },
    {
      name: 'tickets',
      title: 'tickets',
      async *pull(connection, cursor, platform) {
        const api = hubspotApi(connection, platform);
        const csat = connection.settings.csat_property ?? 'none';
        const csatProperty = csat === 'none' ? null : csat;
        const properties = [...ticketProperties, ...(csatProperty === null ? [] : [csatProperty])];
        const pipelines = await pipelineNames(api);
        for await (const { ids, ...rest } of changedRecords(api, 'tickets', 'hs_lastmodifieddate', cursor)) {
          const tickets = inOrder(await api.read('tickets', ids, { properties }), ids);
          const contacts = await contactsOfTickets(
            api,
            tickets.map(({ id }) => id),
          );
          const { rows, leftOut } = ticketRows(tickets, { pipelines, contacts, csatProperty });
          yield {
            rows,
            received: ids.length,
            leftOut: [...leftOut, ...deleted(ids.length - tickets.length)],
            ...rest,
          };
        }
      },
    },
  ],
};

function inOrder(records: readonly HubspotRecord[], ids: readonly string[]): HubspotRecord[] {
  const byId = new Map(records.map(record => [record.id, record]));
  return ids.flatMap(id => byId.get(id) ?? []);
}

const deleted = (records: number): Page['leftOut'] =>
  records === 0 ? [] : [{ reason: 'deleted at HubSpot meanwhile', records }];

import type { App } from '../app.ts';
import { forgetSource } from '../rights/forget-source.ts';
import { personPayload } from '../sources/vendors/shopify/payloads.ts';
import type { Connection } from '../vendors/vendor.ts';
import { busy } from './shopify-intake.ts';

/** Erases a person wherever Kindred knows of them. */
export type Erase = (person: {
  email: string | null;
  ids: readonly string[];
  source: string;
  by: string;
}) => Promise<void>;

interface Options {
  app: Pick<App, 'state' | 'warehouse' | 'now' | 'turns'>;
  erase: Erase;
  patienceMs?: number;
}

const topics = ['customers/data_request', 'customers/redact', 'shop/redact'] as const;
type PrivacyTopic = (typeof topics)[number];

/** Of the messages that Shopify requires every app to honour. */
export function isPrivacyTopic(topic: string): topic is PrivacyTopic {
  return topics.some(known => known === topic);
}

/** Under which a person's wish to know what is held on them stands in the audit, until somebody has answered it. */
export const dataRequested = 'person.data_requested';

const actor = 'shopify';

/** Done when it resolves; where the store does not come free in time, an OperatorError asks for it once more. */
export async function privacyMessage(
  { app, erase, patienceMs = 3500 }: Options,
  { name }: Connection,
  topic: PrivacyTopic,
  payload: unknown,
): Promise<{ taken: true }> {
  const inTurn = (work: () => Promise<unknown>) => {
    const patience = AbortSignal.timeout(patienceMs);
    return app.turns.take('what a shop asks for people', work, patience).catch(error => {
      throw patience.aborted && error === patience.reason ? busy() : error;
    });
  };
  if (topic === 'shop/redact') {
    await inTurn(() => forgetSource(app, { name, actor, why: 'Shopify asked to redact the shop' }));
    return { taken: true };
  }
  const { customer, data_request } = personPayload.parse(payload);
  if (topic === 'customers/redact') {
    const email = customer.email?.trim().toLowerCase() || null;
    await inTurn(() => erase({ email, ids: [customer.id], source: name, by: actor }));
  } else await noteRequest(app, name, customer.id, data_request?.id ?? customer.id);
  return { taken: true };
}

/** Once, however often it is sent. By the number of the customer, which says nothing outside the shop. */
async function noteRequest(
  app: Pick<App, 'state' | 'now'>,
  connection: string,
  customer: string,
  request: string,
): Promise<void> {
  const { audit } = await app.state();
  const subject = `${connection} ${request}`;
  const noted = await audit.list([dataRequested]);
  if (noted.some(entry => entry.subject === subject)) return;
  const at = app.now().toISOString();
  await audit.append({ at, actor, action: dataRequested, subject, details: { connection, customer } });
}

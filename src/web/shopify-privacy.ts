import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../app.ts';
import { InputError } from '../errors.ts';
import { erase as erasePerson } from '../rights/erase.ts';
import { forgetSource } from '../rights/forget-source.ts';
import { personPayload } from '../sources/vendors/shopify/payloads.ts';
import type { Connection } from '../vendors/vendor.ts';
import { busy } from './shopify-intake.ts';

/** Erases a person wherever Kindred knows of them; it may take longer than a shop waits for its answer. */
export type Erase = (person: {
  email: string | null;
  ids: readonly string[];
  source: string;
  by: string;
}) => Promise<void>;

/**
 * What the shop holds of them is its own to erase. Where the address is of others as well, it is the customer of the number who
 * is meant.
 */
export function eraseOf(app: App): Erase {
  return async ({ email, ids, source, by }) => {
    const request = { ids: ids.map(id => `${source}/${id}`), by, wholly: false };
    try {
      await erasePerson(app, email === null ? request : { ...request, email });
    } catch (error) {
      if (!(error instanceof InputError) || email === null) throw error;
      await erasePerson(app, request);
    }
  };
}

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

/** What is under way, so that a message that is sent again waits for it. */
export type UnderWay = Map<string, Promise<unknown>>;

/** Done when it resolves. What takes longer goes on, and an OperatorError asks the shop to send it once more. */
export async function privacyMessage(
  { app, erase, patienceMs = 3500 }: Options,
  underWay: UnderWay,
  { name }: Connection,
  topic: PrivacyTopic,
  payload: unknown,
): Promise<{ taken: true }> {
  const inTime = async (key: string, work: () => Promise<unknown>) => {
    const doing = underWay.get(key) ?? app.turns.take('what a shop asks for people', work);
    underWay.set(key, doing);
    const ended = doing.finally(() => underWay.delete(key));
    const late = new AbortController();
    // It is told where it is waited for; a later failure is met by the message that is sent again.
    ended.catch(() => {});
    const patience = delay(patienceMs, null, { signal: late.signal }).then(() => {
      throw busy();
    });
    patience.catch(() => {});
    await Promise.race([ended, patience]).finally(() => late.abort());
  };
  if (topic === 'shop/redact') {
    const why = 'Shopify asked to redact the shop';
    await inTime(`shop ${name}`, () => forgetSource(app, { name, actor, why }));
    return { taken: true };
  }
  const { customer, data_request } = personPayload.parse(payload);
  if (topic === 'customers/redact') {
    const email = customer.email?.trim().toLowerCase() || null;
    const person = { email, ids: [customer.id], source: name, by: actor };
    await inTime(`customer ${name} ${customer.id}`, () => erase(person));
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

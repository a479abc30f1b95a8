import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '../app.ts';
import { InputError } from '../errors.ts';
import { noteDataRequest } from '../rights/data-requests.ts';
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
    const doing = underWay.get(key) ?? work();
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
    await inTime(`shop ${name}`, () =>
      app.turns.take('what a shop asks for people', () => forgetSource(app, { name, actor, why })),
    );
    return { taken: true };
  }
  const { customer, data_request } = personPayload.parse(payload);
  if (topic === 'customers/redact') {
    const email = customer.email?.trim().toLowerCase() || null;
    const person = { email, ids: [customer.id], source: name, by: actor };
    await inTime(`customer ${name} ${customer.id}`, () => erase(person));
  } else {
    const noted = { at: app.now().toISOString(), connection: name, person: `${name}/${customer.id}` };
    await noteDataRequest(app, noted, data_request?.id ?? null);
  }
  return { taken: true };
}

import type { App } from '../app.ts';

/** Under which a person's wish to know what is held on them stands in the audit. */
export const dataRequested = 'person.data_requested';

/** A person asked a shop what is held on them. */
export interface DataRequest {
  /** ISO time. */
  at: string;
  connection: string;
  /** The number of the customer, which says nothing outside the shop. */
  customer: string;
}

/** For so long a request is shown: within a month it has to be answered. */
const shownForMs = 30 * 86_400_000;

/** Notes a request once, however often it is told. */
export async function noteDataRequest(
  { state }: Pick<App, 'state'>,
  { at, connection, customer }: DataRequest,
  request: string,
): Promise<void> {
  const { audit } = await state();
  const subject = `${connection} ${request}`;
  const noted = await audit.list([dataRequested]);
  if (noted.some(entry => entry.subject === subject)) return;
  const details = { connection, customer };
  await audit.append({ at, actor: 'shopify', action: dataRequested, subject, details });
}

/** Those of the last month, oldest first. */
export async function dataRequests({ state, now }: Pick<App, 'state' | 'now'>): Promise<DataRequest[]> {
  const since = now().getTime() - shownForMs;
  const noted = await (await state()).audit.list([dataRequested]);
  return noted
    .filter(({ at }) => Date.parse(at) >= since)
    .map(({ at, details }) => ({
      at,
      connection: String(details.connection),
      customer: String(details.customer),
    }));
}
